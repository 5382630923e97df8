#include "api/search_reader.hpp"

#include <algorithm>
#include <utility>

#include "api/input.hpp"

namespace pipelines::api {
namespace {

using store::Position;

constexpr std::size_t kRowsARecord = 10;    // that are passed in the time that a record takes
constexpr std::size_t kMostPlaces = 1'000;  // that are kept for the next pages

auto order_of(const SearchQuery& query) {
    return query.page.order == store::SortOrder::Descending ? search::precedes_descending : search::precedes;
}

}  // namespace

std::optional<SearchFound> page_of(const store::Found& found, const SearchQuery& query, SearchRecords& records) {
    const auto before = order_of(query);
    const auto& after = query.page.after;
    if (found.after && (!after || before(*after, *found.after))) return std::nullopt;
    const auto first = after ? std::ranges::upper_bound(found.places, *after, before) : found.places.begin();
    const auto left = static_cast<std::size_t>(found.places.end() - first);
    if (left <= query.page.limit && !found.all) return std::nullopt;

    SearchFound page;
    page.hits = found.hits;
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(left, query.page.limit));
    for (auto place = first; place != last; ++place) {
        auto record = records.of(place->id);
        // It may have changed since the part of the reading that found it.
        if (record && search::matches(query.expression, *record))
            page.records.push_back(std::move(*record));
        else
            --page.hits;
    }
    if (left > query.page.limit) page.next = *std::prev(last);
    return page;
}

SearchReader::SearchReader(const Context& context, SearchQuery query, search::Search search)
    : call_(context.call),
      context_{context.services, call_, context.space, std::nullopt},
      query_(std::move(query)),
      search_(std::move(search)),
      request_(request_identity(call_)),
      precedes_(order_of(query_)) {
    found_.after = query_.page.after;
}

std::optional<Json> SearchReader::go_on() {
    if (!std::exchange(begun_, true)) {
        content_version_ = context_.services.store.database.content_version();
        newest_ = context_.services.store.jobs.newest();
    }
    SearchRecords records{context_, query_.resource};  // what it remembers is of one turn
    if (!read_part(records)) return std::nullopt;
    return search_output(call_, query_.resource, finish(records));
}

bool SearchReader::read_part(SearchRecords& records) {
    const std::size_t most = context_.services.records_a_turn;
    std::size_t passed = 0;
    bool all = true;
    made_ = 0;
    context_.services.store.queries.walk(search_.walk(walked_, newest_),
                                         [this, most, &passed, &all, &records](const store::WalkedRow& row) {
                                             all = made_ < most && passed++ < most * kRowsARecord;
                                             if (!all) return false;
                                             if (row.may_match) look_at(row, records);
                                             walked_ = {row.created, row.id};
                                             return true;
                                         });
    return all;
}

void SearchReader::look_at(const store::WalkedRow& row, SearchRecords& records) {
    Position place{row.key, row.id};
    if (!search_.decides()) {
        ++made_;
        const auto record = records.of(row.id);
        if (!record || !search::matches(query_.expression, *record)) return;
        place.key = search::sort_key(query_.sort, *record);
    }
    ++found_.hits;
    if (!found_.after || precedes_(*found_.after, place)) add(std::move(place));
}

void SearchReader::add(Position place) {
    found_.places.push_back(std::move(place));
    std::ranges::push_heap(found_.places, precedes_);
    if (found_.places.size() <= kMostPlaces) return;
    std::ranges::pop_heap(found_.places, precedes_);
    found_.places.pop_back();
    found_.all = false;
}

SearchFound SearchReader::finish(SearchRecords& records) {
    std::ranges::sort_heap(found_.places, precedes_);
    SearchFound page = page_of(found_, query_, records).value();
    context_.services.store.queries.keep(std::move(request_), std::move(found_), content_version_);
    return page;
}

}  // namespace pipelines::api
