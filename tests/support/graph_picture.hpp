// A definition's graph as a text picture, one step a line (or between semicolons), in the order of the definition:
//
//   A                    work                      C? <- A              a Condition
//   X <- C=true          a step of its branch      H <- A:Failed, B:Any triggers
//   F! <- C=false        a Fail step               E* 2 <- A            a ForEach, two child steps at once
//   T in E               a step of its body        U in E <- T          another, after T of the same iteration
//   R ~Step.SERVICE_FAULT|Step.THROTTLING:1s*2x3   a retry policy: first after 1 s, each time twice as long, three
//   times R ~SageMaker.CAPACITY_ERROR:10s/1m ~...        another: every 10 s (rate 1) until a minute after the step's
//   start R tuning ~...        a step whose job errors are never retried
//
// A dependency may name a step further down. What cannot be read throws std::invalid_argument with the line.
#pragma once

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "pipelines/definition/graph.hpp"

namespace pipelines::testing {

// One line of a picture, cut into words and marks.
class PictureLine {
public:
    explicit PictureLine(std::string_view text) : all_(text), rest_(text) {}

    [[nodiscard]] bool take(std::string_view mark) {
        skip_blanks();
        if (!rest_.starts_with(mark)) return false;
        rest_.remove_prefix(mark.size());
        return true;
    }

    [[nodiscard]] bool at_end() {
        skip_blanks();
        return rest_.empty();
    }

    // Letters, digits, and the marks given.
    [[nodiscard]] std::string_view word(std::string_view marks = "-_") {
        skip_blanks();
        std::size_t length = 0;
        while (length < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[length])) != 0 ||
                                         marks.find(rest_[length]) != std::string_view::npos))
            ++length;
        if (length == 0) fail("a word expected");
        const std::string_view found = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return found;
    }

    template <class Number>
    [[nodiscard]] Number number() {
        skip_blanks();
        Number number{};
        const auto [end, fault] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (fault != std::errc{}) fail("a number expected");
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return number;
    }

    // "10", "10ms", "1s", "2m"
    [[nodiscard]] Duration duration() {
        const auto value = number<std::int64_t>();
        const auto unit = [this](std::string_view mark) { return rest_.starts_with(mark) && take(mark); };
        if (unit("ms")) return Duration{value};
        if (unit("s")) return Duration{value * 1000};
        if (unit("m")) return Duration{value * 60'000};
        return Duration{value};
    }

    [[noreturn]] void fail(std::string_view why) const {
        throw std::invalid_argument(std::string(why) + " in '" + std::string(all_) + "' before '" + std::string(rest_) +
                                    "'");
    }

private:
    void skip_blanks() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }

    std::string_view all_;
    std::string_view rest_;
};

// The lines of a picture that hold anything.
[[nodiscard]] inline std::vector<PictureLine> picture_lines(std::string_view picture) {
    std::vector<PictureLine> lines;
    while (!picture.empty()) {
        const std::size_t end = std::min(picture.find_first_of(";\n"), picture.size());
        PictureLine line(picture.substr(0, end));
        if (!line.at_end()) lines.push_back(line);
        picture.remove_prefix(std::min(end + 1, picture.size()));
    }
    return lines;
}

[[nodiscard]] inline definition::RetryPolicy parse_retry_policy(PictureLine& line) {
    definition::RetryPolicy policy;
    do {
        const auto error = parse_step_error(line.word("._"));
        if (!error) line.fail("no such error");
        policy.errors.push_back(*error);
    } while (line.take("|"));
    if (!line.take(":")) return policy;
    policy.interval = line.duration();
    policy.backoff_rate = line.take("*") ? line.number<double>() : 1.0;
    if (line.take("x")) policy.limit = line.number<std::uint32_t>();
    if (line.take("/")) policy.limit = line.duration();
    return policy;
}

[[nodiscard]] inline definition::Trigger parse_trigger(PictureLine& line) {
    const std::string_view name = line.word();
    if (name == "Completed") return definition::Trigger::Completed;
    if (name == "Failed") return definition::Trigger::Failed;
    if (name == "Stopped") return definition::Trigger::Stopped;
    if (name == "Any") return definition::Trigger::Any;
    line.fail("no such trigger");
}

[[nodiscard]] inline definition::Graph parse_picture(std::string_view picture) {
    using definition::NodeKind;
    definition::Graph graph;
    const auto find = [&graph](PictureLine& line) {
        const auto found = graph.find(line.word());
        if (!found) line.fail("no such step");
        return *found;
    };
    std::vector<PictureLine> lines = picture_lines(picture);
    for (PictureLine& line : lines) {
        definition::Node& node = graph.nodes.emplace_back();
        node.name = line.word();
        if (line.take("?")) node.kind = NodeKind::Condition;
        if (line.take("!")) node.kind = NodeKind::Fail;
        if (line.take("*")) {
            node.kind = NodeKind::ForEach;
            node.max_concurrency = line.number<std::uint32_t>();
        }
    }
    for (definition::NodeIndex index = 0; index < graph.nodes.size(); ++index) {
        PictureLine& line = lines[index];
        definition::Node& node = graph.nodes[index];
        node.retries_job_errors = !line.take("tuning");
        if (line.take("in ")) {
            node.parent = find(line);
            graph.nodes[*node.parent].body.push_back(index);
        }
        if (line.take("<-")) {
            do {
                definition::Dependency& dependency = node.dependencies.emplace_back();
                dependency.node = find(line);
                if (line.take("=true")) dependency.outcome = true;
                if (line.take("=false")) dependency.outcome = false;
                if (line.take(":")) dependency.trigger = parse_trigger(line);
            } while (line.take(","));
        }
        while (line.take("~")) node.retries.push_back(parse_retry_policy(line));
        if (!line.at_end()) line.fail("more than can be read");
    }
    definition::link(graph);
    return graph;
}

}  // namespace pipelines::testing
