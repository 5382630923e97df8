// What the tests of this room share: definitions from few words, and what came of compiling them as text.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipelines/definition/definition.hpp"

namespace pipelines::definition::test {

// {"Steps": [<steps>]}
[[nodiscard]] inline std::string with_steps(std::string_view steps) {
    return fmt::format(R"({{"Steps": [{}]}})", steps);
}

// The same with a parameter of every type: Text, Count, Ratio, Flag.
[[nodiscard]] inline std::string with_parameters(std::string_view steps) {
    return fmt::format(R"({{"Parameters": [{{"Name": "Text", "Type": "String"}}, {{"Name": "Count", "Type": "Integer"}},
        {{"Name": "Ratio", "Type": "Float"}}, {{"Name": "Flag", "Type": "Boolean"}}], "Steps": [{}]}})",
                       steps);
}

// A step object; `rest` begins with a comma where there is one.
[[nodiscard]] inline std::string step(std::string_view name, std::string_view type, std::string_view arguments,
                                      std::string_view rest = {}) {
    return fmt::format(R"({{"Name": "{}", "Type": "{}", "Arguments": {}{}}})", name, type, arguments, rest);
}

// A step that does nothing, after others: pass("c", R"("a", "b")").
[[nodiscard]] inline std::string pass(std::string_view name, std::string_view after = {}) {
    return step(name, "Pass", "{}", fmt::format(R"(, "DependsOn": [{}])", after));
}

// The sentence of the fault, or "compiles".
[[nodiscard]] inline std::string fault_of(std::string_view text) {
    const auto compiled = compile(text);
    return compiled ? "compiles" : compiled.error().message;
}

// The graph as text, a line a step: "train: prepare, check[true]". Dependencies in the order in which they are found.
[[nodiscard]] inline std::string picture(const Definition& definition) {
    std::string text;
    for (const Node& node : definition.graph.nodes) {
        text += node.name + ":";
        for (const Dependency& dependency : node.dependencies) {
            text += " " + definition.graph.nodes[dependency.node].name;
            if (dependency.outcome) text += *dependency.outcome ? "[true]" : "[false]";
        }
        text += "\n";
    }
    return text;
}

[[nodiscard]] inline std::string picture_of(std::string_view text) {
    const auto compiled = compile(text);
    return compiled ? picture(**compiled) : compiled.error().message;
}

[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// The definitions of the SDKs that are copied into the project, and all that stand in SHARED_DIR (empty: not there).
[[nodiscard]] std::vector<std::filesystem::path> copied_fixtures();
[[nodiscard]] std::vector<std::filesystem::path> shared_fixtures();

}  // namespace pipelines::definition::test
