#include "pipelines/base/log.hpp"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <memory>
#include <string>

#include "pipelines/base/clock.hpp"
#include "pipelines/base/json.hpp"
#include "pipelines/base/names.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::log {
namespace {

constexpr Names<Level, 6> kLevelNames = {{
    {Level::Trace, "trace"},
    {Level::Debug, "debug"},
    {Level::Info, "info"},
    {Level::Warn, "warn"},
    {Level::Error, "error"},
    {Level::Off, "off"},
}};

std::atomic<Level> threshold = Level::Warn;
std::atomic<Format> line_format = Format::Text;

// Its sink locks, so that lines of several threads never mix. It passes the lines as made here: the form of time and
// level is ours, and the level is decided before a message is formatted.
spdlog::logger& sink() {
    static spdlog::logger logger = [] {
        spdlog::logger made("", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made.set_pattern("%v");
        made.set_level(spdlog::level::trace);
        made.flush_on(spdlog::level::trace);
        return made;
    }();
    return logger;
}

// One event is one line of text: a value of a request, or what an endpoint answered, must not be able to forge a second
// one, move the terminal's cursor, or leave a file that no tool reads.
std::string one_line(std::string_view message) {
    std::string line;
    line.reserve(message.size());
    const bool is_text = is_valid_utf8(message);
    for (std::size_t at = 0; at < message.size(); ++at) {
        const auto byte = static_cast<unsigned char>(message[at]);
        const auto before = static_cast<unsigned char>(at == 0 ? 0 : message[at - 1]);
        const bool is_c1 = is_text && before == 0xC2U && byte < 0xA0U;  // U+0080 to U+009F: control characters too
        if (is_c1) line.pop_back();
        if (message[at] == '\n')
            line.append("\\n");
        else if (byte < 0x20U || byte == 0x7FU || is_c1 || (byte >= 0x80U && !is_text))
            line.append(fmt::format("\\x{:02x}", byte));
        else
            line.push_back(message[at]);
    }
    return line;
}

std::string json_string(std::string_view text) { return dump(Json(text)); }

}  // namespace

std::optional<Level> parse_level(std::string_view name) { return value_of(kLevelNames, name); }

void configure(Level level, Format format) {
    line_format = format;
    threshold = level;
}

bool enabled(Level level) { return level != Level::Off && level >= threshold.load(std::memory_order_relaxed); }

void write(Level level, std::string_view message) {
    if (!enabled(level)) return;
    const std::string time = to_iso8601(system_now());
    const std::string_view name = name_of(kLevelNames, level);
    const std::string line =
        line_format.load() == Format::Text
            ? fmt::format("{} {:<5} {}", time, name, one_line(message))
            : fmt::format(R"({{"time":"{}","level":"{}","message":{}}})", time, name, json_string(message));
    sink().log(spdlog::level::info, spdlog::string_view_t(line));
}

}  // namespace pipelines::log
