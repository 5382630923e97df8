// Steps of definitions, as tests write them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipelines/base/json.hpp"

namespace pipelines {

// A Lambda step that runs behind `after`.
[[nodiscard]] inline Json lambda(std::string_view name, const std::vector<std::string>& after = {}) {
    Json step = {{"Name", name},
                 {"Type", "Lambda"},
                 {"FunctionArn", "arn:aws:lambda:us-east-1:123456789012:function:f"},
                 {"Arguments", Json::object()},
                 {"OutputParameters", Json::array()}};
    if (!after.empty()) step["DependsOn"] = after;
    return step;
}

// So many of them, each behind the one before it: S0, S1, ...
[[nodiscard]] inline Json chain(int length) {
    Json steps = Json::array();
    for (int index = 0; index < length; ++index)
        steps.push_back(index == 0 ? lambda("S0")
                                   : lambda("S" + std::to_string(index), {"S" + std::to_string(index - 1)}));
    return steps;
}

}  // namespace pipelines
