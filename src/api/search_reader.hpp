// A search that takes all rows of its kind: its expression or order is about what only records tell, some 25
// microseconds each, or no index has its order. It walks them in the order of their creation, a part in each turn of
// the loop, and keeps of what matches the first places in the order that was asked for, however many there are.
//
// What was there when it began and still is when it ends is found once; what is made meanwhile is not, unless it has
// the key of what was deleted meanwhile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/operation.hpp"
#include "api/search_records.hpp"
#include "pipelines/search/evaluate.hpp"
#include "pipelines/search/expression.hpp"
#include "pipelines/search/sql.hpp"

namespace pipelines::api {

struct SearchQuery {
    const search::Resource& resource;
    search::Expression expression;
    search::Property sort;
    store::PageRequest page;
};

struct SearchFound {
    std::vector<Json> records;
    std::optional<store::Position> next;
    std::size_t hits = 0;
};

// The output of the operation.
[[nodiscard]] Json search_output(const aws::Call&, const search::Resource&, SearchFound);

// The page, from what an earlier reading for this request has found; nothing if it cannot tell.
[[nodiscard]] std::optional<SearchFound> page_of(const store::Found&, const SearchQuery&, SearchRecords&);

class SearchReader final : public LongRead {
public:
    SearchReader(const Context&, SearchQuery, search::Search);
    [[nodiscard]] std::optional<Json> go_on() override;

private:
    [[nodiscard]] bool read_part(SearchRecords&);
    void look_at(const store::WalkedRow&, SearchRecords&);
    void add(store::Position);
    [[nodiscard]] SearchFound finish(SearchRecords&);

    aws::Call call_;
    Context context_;  // of that call
    SearchQuery query_;
    search::Search search_;
    std::string request_;
    bool (*precedes_)(const store::Position&, const store::Position&);
    bool begun_ = false;
    std::optional<std::int64_t> content_version_;  // when it began
    JobKey newest_ = 0;
    search::Walked walked_;
    std::size_t made_ = 0;  // records, in this part
    store::Found found_;    // places: a heap whose front is the last of them
};

}  // namespace pipelines::api
