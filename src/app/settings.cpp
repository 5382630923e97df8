#include "app/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cctype>
#include <charconv>
#include <system_error>

#include "pipelines/base/arn.hpp"
#include "pipelines/base/duration.hpp"
#include "pipelines/base/names.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/domain/clock_mode.hpp"
#include "pipelines/http/client.hpp"
#include "pipelines/http/host_name.hpp"

namespace pipelines::app {
namespace {

constexpr Names<log::Format, 2> kFormats{{{log::Format::Text, "text"}, {log::Format::Json, "json"}}};
constexpr Names<store::Durability, 2> kDurabilities{
    {{store::Durability::Normal, "normal"}, {store::Durability::Full, "full"}}};
constexpr Names<bool, 8> kTruths{{{true, "true"},
                                  {false, "false"},
                                  {true, "1"},
                                  {false, "0"},
                                  {true, "yes"},
                                  {false, "no"},
                                  {true, "on"},
                                  {false, "off"}}};

constexpr Names<api::Quotas, 2> kQuotas{{{api::Quotas::None, "none"}, {api::Quotas::Aws, "aws"}}};

template <class Value>
bool assign(std::optional<Value> parsed, Value& target) {
    if (!parsed) return false;
    target = *parsed;
    return true;
}

bool apply_host(std::string_view value, Options& options) {
    if (value == "localhost") {
        options.hosts.insert(options.hosts.end(), {"127.0.0.1", "::1"});
        return true;
    }
    if (value.size() > 2 && value.front() == '[' && value.back() == ']') value = value.substr(1, value.size() - 2);
    boost::system::error_code fault;
    const auto address = boost::asio::ip::make_address(std::string(value), fault);
    if (fault) return false;
    options.hosts.push_back(address.to_string());
    return true;
}

bool apply_clock(std::string_view value, Options& options) {
    const auto clock = parse_clock_mode(value);
    if (clock) options.clock = {clock->mode, clock->rate};
    return clock.has_value();
}

bool apply_step_duration(std::string_view value, Options& options) {
    return assign(parse_duration(value), options.step_duration);
}

bool apply_seed(std::string_view value, Options& options) {
    options.seed = parse_number<std::uint64_t>(value);
    return options.seed.has_value();
}

bool apply_database(std::string_view value, Options& options) {
    std::error_code ignored;
    const bool is_new = !std::filesystem::exists(value, ignored);
    if (value.empty() || (!is_new && !std::filesystem::is_regular_file(value, ignored))) return false;
    options.database = std::filesystem::path(value);
    return true;
}

// Whether memory or a file wins is decided in command_line.cpp, which knows where each came from.
bool apply_ephemeral(std::string_view value, Options&) { return parse_truth(value).has_value(); }

bool apply_account(std::string_view value, Options& options) {
    if (!is_account(value)) return false;
    options.account = value;
    return true;
}

bool apply_region(std::string_view value, Options& options) {
    if (!is_region(value)) return false;
    options.region = value;
    return true;
}

bool apply_allowed_host(std::string_view value, Options& options) {
    if (value.ends_with('.')) value.remove_suffix(1);  // the root, which the guard leaves out as well
    if (!http::is_host_name(value.starts_with("*.") ? value.substr(2) : value)) return false;
    options.allowed_hosts.push_back(to_lower(value));
    return true;
}

bool apply_allowed_origin(std::string_view value, Options& options) {
    const std::string origin = to_lower(value);
    const auto scheme = origin.find("://");
    if (scheme == std::string::npos) return false;
    const auto name = origin.substr(0, scheme);
    const auto rest = origin.substr(scheme + 3);
    const auto is_of_host = [](char c) {
        return is_letter_or_digit(c) || std::string_view(".-_:[]").find(c) != std::string_view::npos;
    };
    if ((name != "http" && name != "https") || rest.empty() || !std::ranges::all_of(rest, is_of_host)) return false;
    options.allowed_origins.push_back(origin);
    return true;
}

bool apply_s3_directory(std::string_view value, Options& options) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(value, ignored)) return false;
    options.s3_directory = std::filesystem::path(value);
    return true;
}

// An endpoint of another service. https:// is refused here and not at the first call: there is no TLS in the program.
template <std::optional<http::Endpoint> Options::*kMember>
bool apply_endpoint(std::string_view value, Options& options) {
    auto endpoint = http::parse_endpoint(value);
    if (endpoint) options.*kMember = std::move(*endpoint);
    return endpoint.has_value();
}
constexpr std::string_view kEndpoint =
    "http://HOST[:PORT][/PATH]; https:// cannot be called, since there is no TLS in this program";

bool apply_lambda_timeout(std::string_view value, Options& options) {
    constexpr Duration kLongest = std::chrono::minutes{10};  // AWS's
    const auto timeout = parse_duration(value);
    if (!timeout || *timeout <= Duration{0} || *timeout > kLongest) return false;
    options.lambda_timeout = *timeout;
    return true;
}

bool is_readable_file(std::string_view value) {
    std::error_code ignored;
    const auto status = std::filesystem::status(value, ignored);
    return std::filesystem::exists(status) && !std::filesystem::is_directory(status);
}

bool apply_scenarios(std::string_view value, Options& options) {
    if (!is_readable_file(value)) return false;
    options.scenarios = std::filesystem::path(value);
    return true;
}

bool apply_config(std::string_view value, Options& options) {
    if (!is_readable_file(value)) return false;
    options.config_file = std::filesystem::path(value);
    return true;
}

bool apply_port(std::string_view value, Options& options) {
    return assign(parse_number<std::uint16_t>(value), options.port);
}
bool apply_log_level(std::string_view value, Options& options) {
    return assign(log::parse_level(value), options.log_level);
}
bool apply_log_format(std::string_view value, Options& options) {
    return assign(value_of(kFormats, value), options.log_format);
}
bool apply_quotas(std::string_view value, Options& options) { return assign(value_of(kQuotas, value), options.quotas); }
bool apply_durability(std::string_view value, Options& options) {
    return assign(value_of(kDurabilities, value), options.durability);
}

constexpr std::array kSettings{
    Setting{"host", "ADDRESS", Arity::Many, "Address to listen on [127.0.0.1 and ::1]", "an IP address, or localhost",
            apply_host},
    Setting{"port", "PORT", Arity::One, "Port to listen on; 0 takes any free one [7243]",
            "a whole number from 0 to 65535", apply_port},
    Setting{"db", "PATH", Arity::One,
            "Data file [pipelines-local.db in $XDG_STATE_HOME/pipelines-local or ~/.local/state/pipelines-local]",
            "the path of a file, which need not exist yet", apply_database},
    Setting{"ephemeral", "", Arity::Switch, "Keep everything in memory instead of in a data file", "true or false",
            apply_ephemeral},
    Setting{"clock", "MODE", Arity::One,
            "How time passes for executions: instant skips all waiting, scaled:60 makes a minute of a second, manual "
            "stands until it is advanced [instant]",
            kClockModes, apply_clock},
    Setting{"step-duration", "DURATION", Arity::One, "What a step lasts when no scenario says otherwise [0]",
            "seconds (90, 1.5) or units (1h30m, 250ms)", apply_step_duration},
    Setting{"seed", "N", Arity::One, "Makes the ids of a new data file repeatable [random]",
            "a whole number from 0 to 18446744073709551615", apply_seed},
    Setting{"log-level", "LEVEL", Arity::One,
            "Least severity that is logged; debug tells of each request, trace of each connection as well [info]",
            log::kLevels, apply_log_level},
    Setting{"log-format", "FORMAT", Arity::One, "Shape of a log line on stderr [text]", "text or json",
            apply_log_format},
    Setting{"account", "ID", Arity::One, "Account of requests whose access key is no account id [123456789012]",
            "12 digits", apply_account},
    Setting{"region", "REGION", Arity::One, "Region of requests that are not signed for one [us-east-1]",
            "lower-case letters, digits and hyphens, a letter first, 32 at most", apply_region},
    Setting{"allowed-hosts", "NAME", Arity::Many,
            "Host names to answer to, besides IP addresses, localhost and names without a dot",
            "a host name without scheme and port, or *.name for all below it", apply_allowed_host},
    Setting{"allowed-origins", "ORIGIN", Arity::Many, "Web origins that may call, besides our own",
            "an origin as browsers send it, for example https://tool.example:8443", apply_allowed_origin},
    Setting{"s3-dir", "DIRECTORY", Arity::One, "Where s3://BUCKET/KEY is read from: DIRECTORY/BUCKET/KEY",
            "an existing directory", apply_s3_directory},
    Setting{"s3-endpoint", "URL", Arity::One, "Where s3:// is read from that --s3-dir does not have: an S3 server",
            kEndpoint, apply_endpoint<&Options::s3_endpoint>},
    Setting{"lambda-endpoint", "URL", Arity::One,
            "Where Lambda steps invoke their functions; without it they are simulated", kEndpoint,
            apply_endpoint<&Options::lambda_endpoint>},
    Setting{"lambda-timeout", "DURATION", Arity::One, "How long a function may take, in real time [120]",
            "more than 0 and at most 10m: seconds (90, 1.5) or units (2m, 250ms)", apply_lambda_timeout},
    Setting{"sqs-endpoint", "URL", Arity::One,
            "Where Callback steps send their message; without it a token is only listed", kEndpoint,
            apply_endpoint<&Options::sqs_endpoint>},
    Setting{"eventbridge-endpoint", "URL", Arity::One, "Where every change of a status is delivered, with PutEvents",
            kEndpoint, apply_endpoint<&Options::eventbridge_endpoint>},
    Setting{"scenarios", "FILE", Arity::One, "Scenario file: what each step does", "an existing file", apply_scenarios},
    Setting{"quotas", "WHOSE", Arity::One,
            "Quotas to enforce: aws allows 50 steps a pipeline, 500 pipelines and 20 running executions an "
            "account and region [none]",
            "none or aws", apply_quotas},
    Setting{"durability", "LEVEL", Arity::One,
            "What data survives: normal a killed process, full a power cut as well [normal]", "normal or full",
            apply_durability},
    Setting{"config", "FILE", Arity::One,
            "Config file [config.toml in $XDG_CONFIG_HOME/pipelines-local or ~/.config/pipelines-local, if it exists]",
            "an existing file", apply_config},
};

}  // namespace

std::span<const Setting> settings() { return kSettings; }

const Setting* find_setting(std::string_view name) {
    const auto* found = std::ranges::find(kSettings, name, &Setting::name);
    return found == kSettings.end() ? nullptr : found;
}

std::optional<bool> parse_truth(std::string_view value) { return value_of(kTruths, value); }

std::string flag_of(const Setting& setting) { return fmt::format("--{}", setting.name); }

std::string variable_of(const Setting& setting) {
    std::string variable = "PIPELINES_LOCAL_";
    for (const char c : setting.name)
        variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return variable;
}

Result<void> apply(const Setting& setting, const Given& given, Options& options) {
    if (setting.arity != Arity::Many && given.values.size() != 1)
        return validation_error(fmt::format("{} is given {} values by {}, it takes one: {}", setting.name,
                                            given.values.size(), given.origin, setting.allowed));
    for (const auto& value : given.values)
        if (!setting.apply(value, options))
            return validation_error(fmt::format("invalid value '{}' for {}, from {}: allowed is {}", value,
                                                setting.name, given.origin, setting.allowed));
    return {};
}

std::string suggestion(std::string_view name, std::span<const std::string> known) {
    const std::vector<std::string_view> candidates(known.begin(), known.end());
    const auto found = nearest(name, candidates);
    return found ? fmt::format(", did you mean {}?", *found) : std::string();
}

}  // namespace pipelines::app
