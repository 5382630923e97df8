// People and scripts copy the endpoint and the export line from the banner, so both must be usable as they stand.
#include "app/banner.hpp"

#include <gmock/gmock.h>

namespace pipelines::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using Addresses = std::vector<std::string>;

const Addresses kLoopback{"127.0.0.1", "::1"};

TEST(Banner, SaysEndpointDataClockAndWhatToExport) {
    Options options;
    options.database = "/var/state/x.db";
    const auto text = banner(options, kLoopback, 7243);
    EXPECT_THAT(text, HasSubstr("endpoint  http://127.0.0.1:7243\n"));
    EXPECT_THAT(text, HasSubstr("data      /var/state/x.db\n"));
    EXPECT_THAT(text, HasSubstr("clock     instant"));
    EXPECT_THAT(text, HasSubstr("clients   region us-east-1, and any credentials"));
    EXPECT_THAT(text, HasSubstr("\nexport AWS_ENDPOINT_URL_SAGEMAKER=http://127.0.0.1:7243\n"));
    EXPECT_THAT(text, Not(HasSubstr("warning")));
}

TEST(Banner, SaysThatMemoryIsForgotten) {
    EXPECT_THAT(banner({}, kLoopback, 1), HasSubstr("in memory, gone when the server stops"));
}

TEST(Banner, WarnsWhenOtherMachinesCanCall) {
    const auto text = banner({}, Addresses{"127.0.0.1", "0.0.0.0"}, 80);
    EXPECT_THAT(text, HasSubstr("warning   bound to 0.0.0.0"));
    EXPECT_THAT(text, Not(HasSubstr("bound to 127.0.0.1")));
}

// Where IPv6 is asked for and the machine has none, nobody is to copy its address.
TEST(Banner, NamesWhatIsListenedOnAndNotWhatWasAskedFor) {
    Options options;
    options.hosts = {"::1", "10.1.2.3"};
    EXPECT_THAT(banner(options, Addresses{"10.1.2.3"}, 7243),
                HasSubstr("export AWS_ENDPOINT_URL_SAGEMAKER=http://10.1.2.3:7243\n"));
}

TEST(Banner, NamesEveryClock) {
    Options options;
    for (const auto& [clock, says] : std::vector<std::pair<ClockOptions, std::string>>{
             {{ClockMode::Real, 1}, "clock     real\n"},
             {{ClockMode::Scaled, 60}, "clock     scaled, 60 simulated seconds a second\n"},
             {{ClockMode::Manual, 1}, "clock     manual"}}) {
        options.clock = clock;
        EXPECT_THAT(banner(options, kLoopback, 1), HasSubstr(says));
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
