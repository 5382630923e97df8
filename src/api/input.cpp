#include "api/input.hpp"

#include <cmath>

#include "pipelines/model/shapes.hpp"

namespace pipelines::api {

std::string text(const Json& input, std::string_view member) {
    return optional_text(input, member).value_or(std::string{});
}

std::optional<std::string> optional_text(const Json& input, std::string_view member) {
    const Json* value = find_given(input, member);
    return value == nullptr ? std::nullopt : std::optional{value->get<std::string>()};
}

std::optional<std::int64_t> optional_integer(const Json& input, std::string_view member) {
    const Json* value = find_given(input, member);
    return value == nullptr ? std::nullopt : as_integer(*value);
}

std::optional<Time> optional_time(const Json& input, std::string_view member) {
    const Json* value = find_given(input, member);
    if (value == nullptr) return std::nullopt;
    // Far outside the years 1970..9999 a filter means "all" or "none" just the same, and the cast stays defined.
    const double millis = std::clamp(value->get<double>() * 1000.0, -1e15, 1e15);
    return from_millis(static_cast<std::int64_t>(std::llround(millis)));
}

std::vector<std::string> text_list(const Json& input, std::string_view member) {
    std::vector<std::string> list;
    if (const Json* value = find_given(input, member))
        for (const Json& one : *value) list.push_back(one.get<std::string>());
    return list;
}

std::vector<Tag> tags(const Json& input) {
    std::vector<Tag> list;
    if (const Json* value = find_given(input, "Tags"))
        for (const Json& one : *value) list.push_back({text(one, "Key"), text(one, "Value")});
    return list;
}

std::vector<std::pair<std::string, std::string>> named_values(const Json& input, std::string_view member) {
    std::vector<std::pair<std::string, std::string>> list;
    if (const Json* value = find_given(input, member))
        for (const Json& one : *value) list.emplace_back(text(one, "Name"), text(one, "Value"));
    return list;
}

std::optional<int> max_parallel(const Json& input) {
    const Json* value = find_given(input, "ParallelismConfiguration");
    if (value == nullptr) return std::nullopt;
    const auto number = optional_integer(*value, "MaxParallelExecutionSteps");
    return number ? std::optional{static_cast<int>(*number)} : std::nullopt;
}

std::string request_identity(const aws::Call& call) {
    Json members = call.input;
    members.erase("NextToken");
    members.erase("MaxResults");
    return call.where.account + "/" + call.where.region + "/" + call.operation + dump(members);
}

Result<store::PageRequest> page_request(const aws::Call& call, store::SortOrder order, std::size_t usual) {
    store::PageRequest page;
    page.limit =
        static_cast<std::size_t>(optional_integer(call.input, "MaxResults").value_or(static_cast<std::int64_t>(usual)));
    page.order = order;
    if (const auto given_order = optional_text(call.input, "SortOrder"))
        page.order = *given_order == "Ascending" ? store::SortOrder::Ascending : store::SortOrder::Descending;
    if (const auto token = optional_text(call.input, "NextToken")) {
        auto position = store::read_token(*token, request_identity(call));
        if (!position) return position.error();
        page.after = std::move(position.value());
    }
    return page;
}

void set_next_token(Json& output, const std::optional<store::Position>& next, const aws::Call& call) {
    if (next) output["NextToken"] = store::make_token(*next, request_identity(call));
}

}  // namespace pipelines::api
