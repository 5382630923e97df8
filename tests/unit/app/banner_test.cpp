// People and scripts copy the endpoint and the export line from the banner, so both must be usable as they stand.
#include "app/banner.hpp"

#include <gmock/gmock.h>

namespace pipelines::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Options listening_on(std::vector<std::string> hosts) {
    Options options;
    options.hosts = std::move(hosts);
    return options;
}

TEST(Banner, SaysEndpointDataClockAndWhatToExport) {
    auto options = listening_on({"127.0.0.1", "::1"});
    options.database = "/var/state/x.db";
    const auto text = banner(options, 7243);
    EXPECT_THAT(text, HasSubstr("endpoint  http://127.0.0.1:7243\n"));
    EXPECT_THAT(text, HasSubstr("data      /var/state/x.db\n"));
    EXPECT_THAT(text, HasSubstr("clock     instant"));
    EXPECT_THAT(text, HasSubstr("clients   region us-east-1, and any credentials"));
    EXPECT_THAT(text, HasSubstr("\nexport AWS_ENDPOINT_URL_SAGEMAKER=http://127.0.0.1:7243\n"));
    EXPECT_THAT(text, Not(HasSubstr("warning")));
}

TEST(Banner, SaysThatMemoryIsForgotten) {
    EXPECT_THAT(banner(listening_on({"127.0.0.1"}), 1), HasSubstr("in memory, gone when the server stops"));
}

TEST(Banner, WarnsWhenOtherMachinesCanCall) {
    const auto text = banner(listening_on({"127.0.0.1", "0.0.0.0"}), 80);
    EXPECT_THAT(text, HasSubstr("warning   bound to 0.0.0.0"));
    EXPECT_THAT(text, Not(HasSubstr("bound to 127.0.0.1")));
}

TEST(Banner, NamesEveryClock) {
    auto options = listening_on({"127.0.0.1"});
    for (const auto& [clock, says] : std::vector<std::pair<ClockOptions, std::string>>{
             {{ClockMode::Real, 1}, "clock     real\n"},
             {{ClockMode::Scaled, 60}, "clock     scaled, 60 simulated seconds a second\n"},
             {{ClockMode::Manual, 1}, "clock     manual"}}) {
        options.clock = clock;
        EXPECT_THAT(banner(options, 1), HasSubstr(says));
    }
}

TEST(Banner, AnAddressIsOneThatAClientCanUse) {
    EXPECT_EQ(endpoint_url("127.0.0.1", 1), "http://127.0.0.1:1");
    EXPECT_EQ(endpoint_url("0.0.0.0", 1), "http://127.0.0.1:1");
    EXPECT_EQ(endpoint_url("10.1.2.3", 1), "http://10.1.2.3:1");
    EXPECT_EQ(endpoint_url("::1", 1), "http://[::1]:1");
    EXPECT_EQ(endpoint_url("::", 1), "http://[::1]:1");
}

}  // namespace
}  // namespace pipelines::app
