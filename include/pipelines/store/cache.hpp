// Step caching: where the result of a step is found that ran before with the same arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/domain/pipeline.hpp"
#include "pipelines/domain/step.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

// A success: the row of the step and when it ended.
struct CacheEntry {
    ExecutionKey execution = 0;
    StepSeq step = 0;
    Time ended{};
};

class Cache {
public:
    explicit Cache(Database& database) : database_(database) {}

    // Goes when the pipeline goes.
    void put(PipelineKey, std::string_view step, std::string_view key, const CacheEntry&);  // the newest one stays
    [[nodiscard]] std::optional<CacheEntry> find(PipelineKey, std::string_view step, std::string_view key);

    // The key of a step that runs, from its launch to its end; a later attempt's takes its place.
    void put_key(ExecutionKey, StepSeq, std::string_view key);
    [[nodiscard]] std::optional<std::string> take_key(ExecutionKey, StepSeq);

private:
    Database& database_;
};

}  // namespace pipelines::store
