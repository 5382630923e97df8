// The command line is the first thing a user meets: every setting must be reachable from all three sources, the right
// one must win, and a mistake must be named well enough to be put right without the manual.
#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace pipelines::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// A directory of its own for each test, with files in it.
class CommandLine : public ::testing::Test {
protected:
    CommandLine() {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        directory_ = std::filesystem::temp_directory_path() /
                     ("pipelines-local-" + std::to_string(::getpid()) + "-" + test->name());
        std::filesystem::create_directories(directory_);
    }
    ~CommandLine() override { std::filesystem::remove_all(directory_); }

    std::string file(const std::string& name, const std::string& text) {
        const auto path = directory_ / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
        return path.string();
    }

    static Result<Invocation> read(const std::vector<std::string>& arguments, Environment environment = {}) {
        environment.try_emplace("HOME", "/home/somebody");
        std::vector<const char*> argv{"pipelines-local"};
        for (const auto& argument : arguments) argv.push_back(argument.c_str());
        return read_command_line(static_cast<int>(argv.size()), argv.data(), environment);
    }

    static Options options(const std::vector<std::string>& arguments, const Environment& environment = {}) {
        auto invocation = read(arguments, environment);
        EXPECT_TRUE(invocation) << invocation.error().message;
        return invocation ? invocation->options : Options{};
    }

    static std::string refusal(const std::vector<std::string>& arguments, const Environment& environment = {}) {
        const auto invocation = read(arguments, environment);
        EXPECT_FALSE(invocation);
        return invocation ? "" : invocation.error().message;
    }

    std::filesystem::path directory_;
};

TEST_F(CommandLine, DefaultsAreThoseOfTheManual) {
    const auto given = options({"serve"});
    EXPECT_THAT(given.hosts, ElementsAre("127.0.0.1", "::1"));
    EXPECT_EQ(given.port, 7243);
    EXPECT_EQ(given.database, "/home/somebody/.local/state/pipelines-local/pipelines-local.db");
    EXPECT_EQ(given.clock.mode, ClockMode::Instant);
    EXPECT_EQ(given.step_duration, Duration{0});
    EXPECT_EQ(given.seed, std::nullopt);
    EXPECT_EQ(given.log_level, log::Level::Info);
    EXPECT_EQ(given.log_format, log::Format::Text);
    EXPECT_EQ(given.account, "123456789012");
    EXPECT_EQ(given.region, "us-east-1");
    EXPECT_EQ(given.durability, store::Durability::Normal);
    EXPECT_EQ(given.config_file, std::nullopt);
}

TEST_F(CommandLine, EveryFlagIsRead) {
    const auto scenarios = file("scenarios.json", "{}");
    const auto given = options({"serve",
                                "--host",
                                "0.0.0.0",
                                "--host=[::]",
                                "--port",
                                "0",
                                "--db",
                                "x.db",
                                "--clock",
                                "scaled:60",
                                "--step-duration",
                                "1h30m",
                                "--seed",
                                "18446744073709551615",
                                "--log-level",
                                "debug",
                                "--log-format",
                                "json",
                                "--account",
                                "000000000001",
                                "--region",
                                "eu-central-1",
                                "--allowed-hosts",
                                "One.example",
                                "--allowed-hosts",
                                "two.example",
                                "--allowed-origins",
                                "https://tool.example:8443",
                                "--s3-dir",
                                directory_.string(),
                                "--scenarios",
                                scenarios,
                                "--quotas",
                                "aws",
                                "--durability",
                                "full"});
    EXPECT_THAT(given.hosts, ElementsAre("0.0.0.0", "::"));
    EXPECT_EQ(given.port, 0);
    EXPECT_EQ(given.database, "x.db");
    EXPECT_EQ(given.clock.mode, ClockMode::Scaled);
    EXPECT_EQ(given.clock.rate, 60.0);
    EXPECT_EQ(given.step_duration, std::chrono::minutes(90));
    EXPECT_EQ(given.seed, 18446744073709551615ULL);
    EXPECT_EQ(given.log_level, log::Level::Debug);
    EXPECT_EQ(given.log_format, log::Format::Json);
    EXPECT_EQ(given.account, "000000000001");
    EXPECT_EQ(given.region, "eu-central-1");
    EXPECT_THAT(given.allowed_hosts, ElementsAre("one.example", "two.example"));
    EXPECT_THAT(given.allowed_origins, ElementsAre("https://tool.example:8443"));
    EXPECT_EQ(given.s3_directory, directory_);
    EXPECT_EQ(given.scenarios, scenarios);
    EXPECT_EQ(given.quotas, api::Quotas::Aws);
    EXPECT_EQ(given.durability, store::Durability::Full);
}

// The guard compares names without the dot of the root.
TEST_F(CommandLine, AnAllowedHostMayEndInADot) {
    EXPECT_THAT(
        options({"serve", "--allowed-hosts", "One.example.", "--allowed-hosts", "*.two.example."}).allowed_hosts,
        ElementsAre("one.example", "*.two.example"));
}

TEST_F(CommandLine, FlagWinsOverVariableOverFile) {
    const auto config = file("config.toml",
                             "# ours\nport = 1001\nregion = \"eu-west-1\"\naccount = \"111111111111\"\n"
                             "host = [\"10.0.0.1\", \"10.0.0.2\"]\nephemeral = true\n");
    const Environment environment{
        {"PIPELINES_LOCAL_PORT", "1002"}, {"PIPELINES_LOCAL_REGION", "eu-west-2"}, {"PIPELINES_LOCAL_CONFIG", config}};
    const auto given = options({"serve", "--port", "1003"}, environment);
    EXPECT_EQ(given.port, 1003);
    EXPECT_EQ(given.region, "eu-west-2");
    EXPECT_EQ(given.account, "111111111111");
    EXPECT_THAT(given.hosts, ElementsAre("10.0.0.1", "10.0.0.2"));
    EXPECT_EQ(given.database, std::nullopt);
    EXPECT_EQ(given.config_file, config);
}

TEST_F(CommandLine, TheUsersOwnConfigFileIsReadIfItExists) {
    const auto config = file("pipelines-local/config.toml", "port = 1001\n");
    const auto given = options({"serve"}, {{"XDG_CONFIG_HOME", directory_.string()}});
    EXPECT_EQ(given.port, 1001);
    EXPECT_EQ(given.config_file, config);
}

TEST_F(CommandLine, MemoryOrFileIsChosenByTheStrongerSource) {
    const Environment in_memory{{"PIPELINES_LOCAL_EPHEMERAL", "true"}};
    const Environment on_file{{"PIPELINES_LOCAL_DB", "/data/x.db"}};
    EXPECT_EQ(options({"serve", "--ephemeral"}).database, std::nullopt);
    EXPECT_EQ(options({"serve"}, in_memory).database, std::nullopt);
    EXPECT_EQ(options({"serve", "--db", "y.db"}, in_memory).database, "y.db");
    EXPECT_EQ(options({"serve", "--ephemeral"}, on_file).database, std::nullopt);
    EXPECT_EQ(options({"serve"}, on_file).database, "/data/x.db");
    EXPECT_EQ(options({"serve"}, {{"PIPELINES_LOCAL_EPHEMERAL", "no"}, {"PIPELINES_LOCAL_DB", "z.db"}}).database,
              "z.db");
    EXPECT_THAT(refusal({"serve", "--ephemeral", "--db", "y.db"}),
                "ephemeral and db contradict each other (the flag --ephemeral and the flag --db): give one of them");
}

TEST_F(CommandLine, TheStateDirectoryIsWhereXdgSays) {
    EXPECT_EQ(options({"serve"}, {{"XDG_STATE_HOME", "/var/state"}}).database,
              "/var/state/pipelines-local/pipelines-local.db");
    EXPECT_EQ(options({"serve"}, {{"XDG_STATE_HOME", "relative"}}).database,
              "/home/somebody/.local/state/pipelines-local/pipelines-local.db");
    EXPECT_THAT(refusal({"serve"}, {{"HOME", ""}}), HasSubstr("give --db PATH or --ephemeral"));
    EXPECT_EQ(options({"serve", "--db", "x.db"}, {{"HOME", ""}}).database, "x.db");
}

struct Wrong {
    std::string setting, value, allowed;
};

class WrongValue : public CommandLine, public ::testing::WithParamInterface<Wrong> {};

// The same sentence, whichever of the three sources the value came from.
TEST_P(WrongValue, IsRefusedByNameValueSourceAndWhatIsAllowed) {
    const auto& [setting, value, allowed] = GetParam();
    const auto sentence = [&](const std::string& origin) {
        return "invalid value '" + value + "' for " + setting + ", from " + origin + ": allowed is " + allowed;
    };
    EXPECT_EQ(refusal({"serve", "--" + setting + "=" + value}), sentence("the flag --" + setting));
    const auto variable = variable_of(*find_setting(setting));
    EXPECT_EQ(refusal({"serve"}, {{variable, value}}), sentence("the variable " + variable));
    if (setting == "config") return;
    const auto config = file("config.toml", setting + " = \"" + value + "\"\n");
    EXPECT_EQ(refusal({"serve", "--config", config}), sentence("the config file " + config));
}

INSTANTIATE_TEST_SUITE_P(
    Settings, WrongValue,
    ::testing::Values(
        Wrong{"host", "example.com", "an IP address, or localhost"},
        Wrong{"host", "127.0.0.1:80", "an IP address, or localhost"},
        Wrong{"port", "65536", "a whole number from 0 to 65535"}, Wrong{"port", "-1", "a whole number from 0 to 65535"},
        Wrong{"port", "80x", "a whole number from 0 to 65535"},
        Wrong{"db", "/", "the path of a file, which need not exist yet"},
        Wrong{"db", "/dev/null", "the path of a file, which need not exist yet"},
        Wrong{"ephemeral", "maybe", "true or false"},
        Wrong{"clock", "fast", "instant, real, scaled:N with N from 0.001 to 1000000, or manual"},
        Wrong{"clock", "scaled:0", "instant, real, scaled:N with N from 0.001 to 1000000, or manual"},
        Wrong{"clock", "scaled:inf", "instant, real, scaled:N with N from 0.001 to 1000000, or manual"},
        Wrong{"step-duration", "soon", "seconds (90, 1.5) or units (1h30m, 250ms)"},
        Wrong{"seed", "18446744073709551616", "a whole number from 0 to 18446744073709551615"},
        Wrong{"log-level", "INFO", "trace, debug, info, warn, error or off"},
        Wrong{"log-format", "xml", "text or json"}, Wrong{"account", "12345678901", "12 digits"},
        Wrong{"region", "US East", "lower-case letters, digits and hyphens, a letter first, 32 at most"},
        Wrong{"region", "1us", "lower-case letters, digits and hyphens, a letter first, 32 at most"},
        Wrong{"allowed-hosts", "http://a.example", "a host name without scheme and port, or *.name for all below it"},
        Wrong{"allowed-hosts", "*.", "a host name without scheme and port, or *.name for all below it"},
        Wrong{"allowed-hosts", ".", "a host name without scheme and port, or *.name for all below it"},
        Wrong{"s3-endpoint", "http://.",
              "http://HOST[:PORT][/PATH]; https:// cannot be called, since there is no TLS in this program"},
        Wrong{"allowed-hosts", "a.*", "a host name without scheme and port, or *.name for all below it"},
        Wrong{"allowed-origins", "a.example", "an origin as browsers send it, for example https://tool.example:8443"},
        Wrong{"allowed-origins", "*", "an origin as browsers send it, for example https://tool.example:8443"},
        Wrong{"s3-dir", "/nowhere/at/all", "an existing directory"},
        Wrong{"scenarios", "/nowhere/at/all.json", "an existing file"}, Wrong{"durability", "some", "normal or full"},
        Wrong{"quotas", "some", "none or aws"}, Wrong{"config", "/nowhere/at/all.toml", "an existing file"}));

TEST_F(CommandLine, UnknownNamesAreRefusedWithTheNearestKnownOne) {
    EXPECT_EQ(refusal({"serve", "--prot", "80"}), "unknown option '--prot', did you mean --port?");
    EXPECT_EQ(refusal({"serve", "--prot=80"}), "unknown option '--prot=80', did you mean --port?");
    EXPECT_EQ(
        refusal({"serve"}, {{"PIPELINES_LOCAL_PROT", "80"}}),
        "unknown environment variable PIPELINES_LOCAL_PROT (its value is '80'), did you mean PIPELINES_LOCAL_PORT?");
    const auto config = file("config.toml", "acount = 80\n");
    EXPECT_EQ(refusal({"serve", "--config", config}), "unknown key 'acount' in " + config + ", did you mean account?");
    EXPECT_EQ(refusal({"serv"}), "unknown command 'serv', did you mean serve? (serve, health, version)");
    EXPECT_EQ(refusal({"serve", "please"}), "unexpected argument 'please': every option has a name");
}

TEST_F(CommandLine, FaultsOfAConfigFileAreNamed) {
    const auto refused = [this](const std::string& text) {
        return refusal({"serve", "--config", file("config.toml", text)});
    };
    EXPECT_THAT(refused("[server]\nport = 1\n"), HasSubstr("a table, [server], in "));
    EXPECT_THAT(refused("server.port = 1\n"), HasSubstr("a table, [server], in "));
    EXPECT_THAT(refused("[[server]]\nport = 1\n"), HasSubstr("a table, [server], in "));
    EXPECT_THAT(refused("port = 1\nregion = \"eu-west-1\"\nport = 2\n"), HasSubstr("config.toml, line 3: "));
    EXPECT_THAT(refused("allowed-hosts = \"a\"\nallowed-hosts = \"b\"\n"), HasSubstr("config.toml, line 2: "));
    EXPECT_THAT(refused("clock = manual\n"), HasSubstr("config.toml, line 1: "));
    EXPECT_THAT(refused("port = [1, 2]\n"), HasSubstr("port is given 2 values"));
    EXPECT_THAT(refused("ephemeral = []\n"), HasSubstr("ephemeral is given 0 values"));
    EXPECT_THAT(refused("\nseed = 2026-11-26\n"), HasSubstr("config.toml, line 2: it must be a string, a number"));
    EXPECT_THAT(refused("config = \"other.toml\"\n"), HasSubstr("a config file cannot name another"));
}

// What a reader of lines that look like TOML would cut short or take along.
TEST_F(CommandLine, TheConfigFileIsToml) {
    const auto config = file("config.toml",
                             "db = \"a#1.db\"  # why\nstep-duration = 1.5\nseed = '7'\nallowed-hosts = [\n"
                             "    \"one.example\",  # the first\n    \"two.example\",\n]\nephemeral = false\n");
    const auto given = options({"serve", "--config", config});
    EXPECT_EQ(given.database, "a#1.db");
    EXPECT_EQ(given.step_duration, Duration{1500});
    EXPECT_EQ(given.seed, 7U);
    EXPECT_THAT(given.allowed_hosts, ElementsAre("one.example", "two.example"));
}

TEST_F(CommandLine, AConfigFileThatIsADirectoryIsNotAnEmptyOne) {
    std::filesystem::create_directories(directory_ / "pipelines-local" / "config.toml");
    EXPECT_THAT(refusal({"serve"}, {{"XDG_CONFIG_HOME", directory_.string()}}),
                HasSubstr("cannot read the config file"));
}

TEST_F(CommandLine, AValueIsGivenOnceAndNotLeftOut) {
    EXPECT_EQ(refusal({"serve", "--port", "1", "--port", "2"}),
              "port is given 2 values by the flag --port, it takes one: a whole number from 0 to 65535");
    EXPECT_EQ(refusal({"serve", "--clock"}),
              "--clock needs a value, none is given: allowed is instant, real, scaled:N with N from 0.001 to 1000000, "
              "or manual");
    EXPECT_EQ(refusal({"health", "--url", "http://127.0.0.1:1", "--url", "http://127.0.0.1:2"}),
              "--url is given 2 times: give one server to ask");
    EXPECT_EQ(refusal({}), "no command given: serve, health or version (--help says more)");
    EXPECT_EQ(refusal({"serve", "health"}), "two commands given, serve and health: give one");
}

TEST_F(CommandLine, EmptyAndForeignVariablesAreIgnored) {
    const auto given = options({"serve"}, {{"PIPELINES_LOCAL_REGION", ""},
                                           {"PIPELINES_LOCAL_PORT", "tcp://10.0.0.7:7243"},
                                           {"PIPELINES_LOCAL_PORT_7243_TCP_ADDR", "10.0.0.7"},
                                           {"PIPELINES_LOCAL_SERVICE_HOST", "10.0.0.7"},
                                           {"AWS_REGION", "eu-west-1"}});
    EXPECT_EQ(given.region, "us-east-1");
    EXPECT_EQ(given.port, 7243);
}

TEST_F(CommandLine, AListIsCommaSeparatedInAVariable) {
    const auto given = options({"serve"}, {{"PIPELINES_LOCAL_ALLOWED_HOSTS", "a.example,b.example"}});
    EXPECT_THAT(given.allowed_hosts, ElementsAre("a.example", "b.example"));
}

TEST_F(CommandLine, HealthIsAskedWithTheServersOwnSettings) {
    const auto invocation = read({"health"}, {{"PIPELINES_LOCAL_PORT", "9"}});
    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->command, Command::Health);
    EXPECT_EQ(invocation->options.port, 9);
    EXPECT_EQ(invocation->url, std::nullopt);
    EXPECT_THAT(refusal({"health", "--seed", "1"}), HasSubstr("unknown option '--seed'"));
    EXPECT_THAT(refusal({"health", "--port", "x"}), HasSubstr("'x'"));
}

// It may run as somebody who has no home, and where what the server was started with is not to be found.
TEST_F(CommandLine, HealthNeedsNothingButWhereToAsk) {
    const Environment nowhere{{"HOME", ""}, {"PIPELINES_LOCAL_S3_DIR", "/no/such/directory"}};
    EXPECT_EQ(options({"health", "--port", "9"}, nowhere).port, 9);
    EXPECT_THAT(refusal({"serve"}, {{"HOME", ""}}), HasSubstr("no place for the data file"));
}

TEST_F(CommandLine, HealthWithAUrlReadsNothingElse) {
    const auto invocation =
        read({"health", "--url", "http://127.0.0.1:1"},
             {{"HOME", ""}, {"PIPELINES_LOCAL_CONFIG", "/no/such/file"}, {"PIPELINES_LOCAL_PORT", "x"}});
    ASSERT_TRUE(invocation) << invocation.error().message;
    EXPECT_EQ(invocation->command, Command::Health);
    EXPECT_EQ(invocation->url, "http://127.0.0.1:1");
    EXPECT_EQ(refusal({"health", "--url", "http://127.0.0.1:1", "--port", "2"}),
              "--url and --port contradict each other: give one of them");
}

TEST_F(CommandLine, VersionNeedsNothing) {
    const auto invocation = read({"version"}, {{"PIPELINES_LOCAL_PORT", "x"}});
    ASSERT_TRUE(invocation);
    EXPECT_EQ(invocation->command, Command::Version);
    EXPECT_EQ(read({"--version"})->command, Command::Version) << "where others have it";
}

TEST_F(CommandLine, HelpAndReadmeNameEverySetting) {
    const auto help = read({"serve", "--help"});
    ASSERT_TRUE(help);
    EXPECT_EQ(help->command, Command::Help);
    std::ifstream readme(std::string(PIPELINES_SOURCE_DIR) + "/README.md");
    const std::string text{std::istreambuf_iterator<char>(readme), {}};
    for (const auto& setting : settings()) {
        EXPECT_THAT(help->help, HasSubstr(flag_of(setting)));
        EXPECT_THAT(text, HasSubstr("`" + flag_of(setting)));
    }
    EXPECT_THAT(read({"--help"})->help, HasSubstr("serve"));
}

}  // namespace
}  // namespace pipelines::app
