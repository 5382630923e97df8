// Reading members of an input that has passed validation: a member that is absent or null reads as nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipelines/aws/protocol.hpp"
#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/domain/tag.hpp"
#include "pipelines/store/page.hpp"

namespace pipelines::api {

[[nodiscard]] std::string text(const Json& input, std::string_view member);  // of a required member
[[nodiscard]] std::optional<std::string> optional_text(const Json& input, std::string_view member);
[[nodiscard]] std::optional<std::int64_t> optional_integer(const Json& input, std::string_view member);
[[nodiscard]] std::optional<Time> optional_time(const Json& input, std::string_view member);  // epoch seconds
[[nodiscard]] std::vector<std::string> text_list(const Json& input, std::string_view member);
[[nodiscard]] std::vector<Tag> tags(const Json& input);  // Tags: [{Key, Value}]

// [{Name, Value}] of PipelineParameters and OutputParameters.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> named_values(const Json& input, std::string_view member);

// ParallelismConfiguration.MaxParallelExecutionSteps
[[nodiscard]] std::optional<int> max_parallel(const Json& input);

// What a NextToken is bound to: the operation and every member but the paging ones.
[[nodiscard]] std::string request_identity(const aws::Call&);

// MaxResults (default `usual`), SortOrder (default `order`) and NextToken, which is bound to the other members.
[[nodiscard]] Result<store::PageRequest> page_request(const aws::Call&, store::SortOrder order,
                                                      std::size_t usual = 100);

// Sets NextToken when there is a next page.
void set_next_token(Json& output, const std::optional<store::Position>& next, const aws::Call&);

}  // namespace pipelines::api
