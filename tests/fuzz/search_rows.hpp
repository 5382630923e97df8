// A database in memory with a few pipelines, versions, executions and training jobs, and beside each row the record
// that Search shows of it: what the fuzz target compares by. The rows differ where SQL and evaluation could: absent
// values, empty texts, texts that are numbers, quotes, wildcards and letters of other alphabets, equal times.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/store/store.hpp"

namespace pipelines::fuzz {

class SearchRows {
public:
    SearchRows();

    using Records = std::map<std::int64_t, Json>;  // by the row's id
    // Of a resource without rows here: none.
    [[nodiscard]] const Records& records(std::string_view resource) const;

    [[nodiscard]] store::Queries& queries() { return store_.queries; }
    [[nodiscard]] NamespaceId space() const { return space_; }
    [[nodiscard]] const NamespaceKey& where() const { return where_; }

private:
    void add_pipeline(Pipeline row, const std::vector<Tag>& tags);
    void add_version(PipelineVersion row, const std::vector<std::string>& aliases);
    void add_execution(Execution row, const std::vector<ParameterValue>& parameters, const Json& shown);
    void add_training(Job row, const Json& shown);
    [[nodiscard]] std::string arn_of(PipelineKey) const;

    NamespaceKey where_{"123456789012", "us-east-1"};
    std::unique_ptr<store::Database> database_ = store::Database::in_memory();
    store::Store store_{*database_, [](const std::function<void()>& act) { act(); }};
    NamespaceId space_ = 0;
    std::map<std::string, Records, std::less<>> records_;
};

}  // namespace pipelines::fuzz
