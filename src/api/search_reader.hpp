// A search whose expression or order SQL cannot say, over records that are made to be looked at: those of jobs, some
// 25 microseconds each. How many one request makes is bounded, since nothing else is served meanwhile. Error: results
// are sorted by what stands in records alone, and there are too many of them.
#pragma once

#include <optional>
#include <vector>

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
    bool all_read = true;  // otherwise there may be more hits
};

class RecordReader {
public:
    RecordReader(const Services& services, const SearchQuery& query, const search::Search& search,
                 SearchRecords& records);
    [[nodiscard]] Result<SearchFound> find();

private:
    [[nodiscard]] SearchFound read_in_order();
    [[nodiscard]] Result<SearchFound> read_and_sort();
    void count_before(SearchFound&);
    [[nodiscard]] std::optional<Json> match(const store::Position&);

    const Services& services_;
    const SearchQuery& query_;
    const search::Search& search_;
    SearchRecords& records_;
    bool (*precedes_)(const search::Place&, const search::Place&);
    std::size_t made_ = 0;
};

}  // namespace pipelines::api
