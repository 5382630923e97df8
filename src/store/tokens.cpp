#include "pipelines/store/tokens.hpp"

namespace pipelines::store {
namespace {

constexpr const char* kFind =
    "SELECT input_hash, answer FROM request_tokens WHERE namespace = ? AND operation = ? AND token = ?";
constexpr const char* kInsert =
    "INSERT INTO request_tokens (namespace, operation, token, pipeline, input_hash, answer) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char* kForget = "DELETE FROM request_tokens WHERE namespace = ? AND answer = ? AND pipeline IS NULL";

}  // namespace

std::optional<RequestToken> Tokens::find(NamespaceId namespace_id, std::string_view operation, std::string_view token) {
    auto statement = database_.prepare(kFind);
    if (!statement.bind(namespace_id).bind(operation).bind(token).step()) return std::nullopt;
    return RequestToken{std::string{statement.text(0)}, std::string{statement.text(1)}};
}

void Tokens::insert(NamespaceId namespace_id, std::optional<PipelineKey> pipeline, std::string_view operation,
                    std::string_view token, const RequestToken& row) {
    auto statement = database_.prepare(kInsert);
    statement.bind(namespace_id).bind(operation).bind(token).bind(pipeline).bind(row.input_hash).bind(row.answer).run();
}

void Tokens::forget_deletions(NamespaceId namespace_id, std::string_view answer) {
    database_.prepare(kForget).bind(namespace_id).bind(answer).run();
}

}  // namespace pipelines::store
