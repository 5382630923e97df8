#include "api/search_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pipelines::api {
namespace {

// Sorting needs all of them at once, so that short pages are no way out: it may take longer instead.
constexpr std::size_t kSortedAtOnce = 5;  // times Services::most_records

struct Hit {
    search::Place place;
    Json record;
};

// The first `size` of what is added.
template <class Before>
class Heap {
public:
    Heap(Before before, std::size_t size) : before_(std::move(before)), size_(size) {}

    void add(Hit hit) {
        hits_.push_back(std::move(hit));
        std::ranges::push_heap(hits_, before_);
        if (hits_.size() <= size_) return;
        std::ranges::pop_heap(hits_, before_);
        hits_.pop_back();
    }

    [[nodiscard]] std::vector<Hit> sorted() {
        std::ranges::sort_heap(hits_, before_);
        return std::move(hits_);
    }

private:
    Before before_;
    std::size_t size_;
    std::vector<Hit> hits_;
};

}  // namespace

RecordReader::RecordReader(const Services& services, const SearchQuery& query, const search::Search& search,
                           SearchRecords& records)
    : services_(services),
      query_(query),
      search_(search),
      records_(records),
      precedes_(query.page.order == store::SortOrder::Descending ? search::precedes_descending : search::precedes) {}

Result<SearchFound> RecordReader::find() {
    if (!search_.ordered()) return read_and_sort();
    SearchFound found = read_in_order();
    if (query_.page.after && found.all_read) count_before(found);
    return found;
}

std::optional<Json> RecordReader::match(const store::Position& row) {
    ++made_;
    auto record = records_.of(row.id);
    if (record && !search::matches(query_.expression, *record)) record.reset();
    return record;
}

// The page, and on to the end for the hits. Where the reading stops, the next page goes on, if only with what this one
// had no time for.
SearchFound RecordReader::read_in_order() {
    SearchFound found;
    store::Position last;
    services_.store.queries.each(search_.in_order(query_.page.order, query_.page.after),
                                 [this, &found, &last](const store::Position& row) {
                                     if (made_ == services_.most_records) {
                                         found.all_read = false;
                                         if (!found.next) found.next = last;
                                         return false;
                                     }
                                     if (auto record = match(row)) {
                                         ++found.hits;
                                         if (found.records.size() < query_.page.limit)
                                             found.records.push_back(std::move(*record));
                                         else if (!found.next)
                                             found.next = last;
                                     }
                                     last = row;
                                     return true;
                                 });
    return found;
}

// The hits of the pages before this one.
void RecordReader::count_before(SearchFound& found) {
    const search::Place after{query_.page.after->key, query_.page.after->id};
    services_.store.queries.each(search_.in_order(query_.page.order, {}),
                                 [this, &found, &after](const store::Position& row) {
                                     if (precedes_(after, {row.key, row.id})) return false;
                                     found.all_read = made_ < services_.most_records;
                                     if (found.all_read && match(row)) ++found.hits;
                                     return found.all_read;
                                 });
}

// Of what matches, only the page is kept: a heap whose front is the last of it.
Result<SearchFound> RecordReader::read_and_sort() {
    const std::size_t most = kSortedAtOnce * services_.most_records;
    SearchFound found;
    Heap heap{[this](const Hit& left, const Hit& right) { return precedes_(left.place, right.place); },
              query_.page.limit + 1};
    services_.store.queries.each(search_.candidates(), [this, most, &found, &heap](const store::Position& row) {
        found.all_read = made_ < most;
        if (!found.all_read) return false;
        auto record = match(row);
        if (!record) return true;
        ++found.hits;
        search::Place place{search::sort_key(query_.sort, *record), row.id};
        if (!query_.page.after || precedes_({query_.page.after->key, query_.page.after->id}, place))
            heap.add({std::move(place), std::move(*record)});
        return true;
    });
    if (!found.all_read)
        return validation_error(fmt::format(
            "More than {} {} records would have to be read to sort the results by '{}'. Narrow the search, for example "
            "by CreationTime.",
            most, query_.resource.name, query_.sort.name));
    auto hits = heap.sorted();
    if (hits.size() > query_.page.limit) {
        hits.pop_back();
        found.next = store::Position{hits.back().place.key, hits.back().place.id};
    }
    for (Hit& hit : hits) found.records.push_back(std::move(hit.record));
    return found;
}

}  // namespace pipelines::api
