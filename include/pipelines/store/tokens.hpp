// ClientRequestToken: one token makes one thing, across restarts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipelines/domain/pipeline.hpp"
#include "pipelines/store/database.hpp"

namespace pipelines::store {

struct RequestToken {
    std::string input_hash;  // of the input without the token
    std::string answer;      // the first answer, as JSON text
};

class Tokens {
public:
    explicit Tokens(Database& database) : database_(database) {}

    [[nodiscard]] std::optional<RequestToken> find(NamespaceId, std::string_view operation, std::string_view token);
    // Goes when the pipeline goes. No pipeline: a DeletePipeline's, which outlives it until forget_deletions().
    void insert(NamespaceId, std::optional<PipelineKey>, std::string_view operation, std::string_view token,
                const RequestToken&);
    // The deletions that were answered so are no repeats any more: their pipeline has been made again.
    void forget_deletions(NamespaceId, std::string_view answer);

private:
    Database& database_;
};

}  // namespace pipelines::store
