// Random pipelines and scripts for the property test of the engine, as the JSON that a user would write. Everything
// follows from one seed, on any machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness.hpp"
#include "unit/plan/random_graph.hpp"

namespace pipelines::engine {

using pipelines::testing::Dice;

inline constexpr std::string_view kErrors[] = {"Step.SERVICE_FAULT",           "Step.THROTTLING",
                                               "SageMaker.CAPACITY_ERROR",     "SageMaker.RESOURCE_LIMIT",
                                               "SageMaker.JOB_INTERNAL_ERROR", "ClientError"};

class RandomPipeline {
public:
    // `failing` attempts in a hundred fail.
    RandomPipeline(Dice& dice, std::uint32_t failing) : dice_(dice), failing_(failing) {
        const std::uint32_t size = 1 + dice_.below(1 + dice_.below(60));
        while (count_ < size) steps_.push_back(random_step(0));
    }

    [[nodiscard]] const Json& steps() const { return steps_; }
    // As an execution keeps it.
    [[nodiscard]] Json scenario() const { return {{"Case", "Random"}, {"Steps", script_}}; }

private:
    [[nodiscard]] Json random_step(std::uint32_t depth) {
        const std::string name = "S" + std::to_string(++count_);
        const std::uint32_t lot = dice_.below(100);
        Json step;
        if (lot < 10 && depth < 3) return random_condition(name, depth);
        if (lot < 18 && depth == 0) return random_loop(name);
        if (lot < 20)
            return depend({{"Name", name}, {"Type", "Fail"}, {"Arguments", {{"ErrorMessage", "on purpose"}}}});
        if (lot < 30) {
            step = lambda(name);
            step["Type"] = "Callback";
            step.erase("FunctionArn");
            step["SqsQueueUrl"] = "https://sqs.us-east-1.amazonaws.com/123456789012/q";
            step["Arguments"]["name"] = name;
        } else if (lot < 65) {
            step = training(name);
            script(name);
        } else {
            step = lambda(name);
            script(name);
        }
        step = depend(std::move(step));
        targets_.push_back(name);
        return step;
    }

    [[nodiscard]] Json training(const std::string& name) {
        Json step = {{"Name", name},
                     {"Type", "Training"},
                     {"Arguments", {{"AlgorithmSpecification", {{"TrainingImage", "img:1"}}}}}};
        if (dice_.percent(25))
            step["CacheConfig"] = {{"Enabled", true}, {"ExpireAfter", dice_.percent(50) ? "PT1M" : "P30D"}};
        while (dice_.percent(35)) {
            Json policy = {{"ExceptionType", {kErrors[dice_.below(5)]}}, {"IntervalSeconds", 1 + dice_.below(30)}};
            if (dice_.percent(60))
                policy["MaxAttempts"] = dice_.below(4);
            else if (dice_.percent(50))
                policy["ExpireAfterMin"] = dice_.below(3);
            step["RetryPolicies"].push_back(std::move(policy));
        }
        return step;
    }

    [[nodiscard]] Json random_condition(const std::string& name, std::uint32_t depth) {
        Json step = depend({{"Name", name}, {"Type", "Condition"}});
        targets_.push_back(name);
        Json branches[2] = {Json::array(), Json::array()};
        for (Json& branch : branches)
            for (std::uint32_t left = dice_.below(4); left > 0; --left) branch.push_back(random_step(depth + 1));
        step["Arguments"] = {
            {"Conditions", {{{"Type", "Equals"}, {"LeftValue", 1}, {"RightValue", 1 + dice_.below(2)}}}},
            {"IfSteps", branches[0]},
            {"ElseSteps", branches[1]}};
        return step;
    }

    // Over one to four items; the steps of its body depend on each other only.
    [[nodiscard]] Json random_loop(const std::string& name) {
        Json step = depend({{"Name", name}, {"Type", "ForEach"}});
        Json items = Json::array(), body = Json::array();
        for (std::uint32_t left = 1 + dice_.below(4); left > 0; --left)
            items.push_back("item " + std::to_string(left % 3));
        std::vector<std::string> outside;
        outside.swap(targets_);
        for (std::uint32_t left = 1 + dice_.below(3); left > 0; --left) {
            const std::string inner = "S" + std::to_string(++count_);
            Json child = depend(dice_.percent(50) ? training(inner) : lambda(inner));
            if (child.at("Type") == "Training")
                child["Arguments"]["HyperParameters"] = {{"item", {{"Get", "ForEach.CurrentItem"}}}};
            script(inner);
            targets_.push_back(inner);
            body.push_back(std::move(child));
        }
        outside.swap(targets_);
        targets_.push_back(name);
        step["Arguments"] = {{"IterableItems", std::move(items)},
                             {"MaxConcurrency", 1 + dice_.below(4)},
                             {"ForEachBody", std::move(body)}};
        return step;
    }

    // Behind at most three of the steps so far, now and then under a trigger.
    [[nodiscard]] Json depend(Json step) {
        std::vector<std::string> left = targets_;
        for (std::uint32_t count = dice_.below(4); count > 0 && !left.empty(); --count) {
            const std::uint32_t index = dice_.below(static_cast<std::uint32_t>(left.size()));
            constexpr std::string_view kTriggers[] = {"Failed", "Stopped", "Any"};
            if (dice_.percent(15))
                step["DependsOn"].push_back({{"Step", left[index]}, {"Trigger", kTriggers[dice_.below(3)]}});
            else
                step["DependsOn"].push_back(left[index]);
            left.erase(left.begin() + index);
        }
        return step;
    }

    // What its attempts do; now and then nothing is said, and the engine's own default holds.
    void script(const std::string& name) {
        if (dice_.percent(30)) return;
        Json& attempts = script_[name];
        const std::uint32_t count = 1 + dice_.below(3);
        for (std::uint32_t attempt = 0; attempt < count; ++attempt) {
            Json outcome = {{"Duration", dice_.below(90)}};
            if (dice_.percent(failing_))
                outcome["Throw"] = {{"Error", kErrors[dice_.below(6)]}};
            else if (dice_.percent(failing_ / 4))
                outcome["Stop"] = Json::object();
            else
                outcome["Return"] = Json::object();
            attempts[std::to_string(attempt) + (attempt + 1 == count ? "-" : "")] = std::move(outcome);
        }
    }

    Dice& dice_;
    std::uint32_t failing_;
    std::uint32_t count_ = 0;
    Json steps_ = Json::array();
    Json script_ = Json::object();
    std::vector<std::string> targets_;  // what later steps may depend on: all but Fail steps
};

}  // namespace pipelines::engine
