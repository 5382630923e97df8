#include "pipelines/store/cache.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kPut =
    "INSERT OR REPLACE INTO cache (pipeline, step, key, execution, seq, ended) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char* kFind = "SELECT execution, seq, ended FROM cache WHERE pipeline = ? AND step = ? AND key = ?";
constexpr const char* kPutKey = "INSERT OR REPLACE INTO cache_keys (execution, seq, key) VALUES (?, ?, ?)";
constexpr const char* kTakeKey = "DELETE FROM cache_keys WHERE execution = ? AND seq = ? RETURNING key";

}  // namespace

void Cache::put(PipelineKey pipeline, std::string_view step, std::string_view key, const CacheEntry& entry) {
    auto statement = database_.prepare(kPut);
    statement.bind(pipeline).bind(step).bind(key).bind(entry.execution).bind(entry.step).bind(entry.ended).run();
}

std::optional<CacheEntry> Cache::find(PipelineKey pipeline, std::string_view step, std::string_view key) {
    auto statement = database_.prepare(kFind);
    if (!statement.bind(pipeline).bind(step).bind(key).step()) return std::nullopt;
    return CacheEntry{statement.integer(0), static_cast<StepSeq>(statement.integer(1)), statement.time(2)};
}

void Cache::put_key(ExecutionKey execution, StepSeq step, std::string_view key) {
    database_.prepare(kPutKey).bind(execution).bind(step).bind(key).run();
}

std::optional<std::string> Cache::take_key(ExecutionKey execution, StepSeq step) {
    auto statement = database_.prepare(kTakeKey);
    if (!statement.bind(execution).bind(step).step()) return std::nullopt;
    std::string key{statement.text(0)};
    statement.run();  // to its end: only then is the row gone for sure
    return key;
}

}  // namespace pipelines::store
