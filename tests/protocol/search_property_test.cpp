// Search against its meaning: random expressions over random rows. What SQL finds, page by page, is what evaluate.hpp
// says of each record, in its order; rows that come in between change nothing of what was there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "pipelines/base/text.hpp"
#include "pipelines/documents/documents.hpp"
#include "pipelines/search/evaluate.hpp"
#include "pipelines/search/expression.hpp"
#include "support/local_service.hpp"

namespace pipelines::testing {
namespace {

using search::Property;

class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(engine_); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <class Range>
    auto pick(const Range& range) {
        return range[below(std::size(range))];
    }
    std::optional<std::string> maybe(std::string text) {
        return one_in(3) ? std::nullopt : std::optional{std::move(text)};
    }

private:
    std::mt19937 engine_;
};

const std::vector<std::string> kWords{"a", "ab", "b", "10", "9", "Ab", "a%b", "x'y", "\"q\"", "ü"};

// What a scenario may say, also one that does not check it: null is a member that is not there.
const std::vector<Json> kStatements{"a", "ab", "b", "10", "9", "x'y", "ü", nullptr, 5, true, {"a"}, {{"a", "b"}}};

// What a job's result may say instead of its row; not every kind has every member.
const std::vector<std::string> kStated{"TrainingJobStatus",
                                       "HyperParameterTuningJobStatus",
                                       "JobStatus",
                                       "EndpointStatus",
                                       "ModelPackageStatus",
                                       "FailureReason",
                                       "RoleArn",
                                       "ModelPackageGroupName"};

// Rows in every shape that the tables allow, few values, so that much is equal.
class Rows {
public:
    Rows(LocalService& service, Random& random, const search::Resource& resource)
        : service_(service), random_(random), resource_(resource) {
        service.create("seed", {{"Version", "2020-12-01"}, {"Parameters", Json::array()}, {"Steps", Json::array()}});
        space_ = service.engine().find_space(service.where)->id;
        for (int i = 0; i < 6; ++i) add_pipeline();
        for (int i = 0; i < 40; ++i) add_execution();
        if (resource.holder != search::Holder::Jobs) return;
        for (int i = 0; i < 30; ++i) add_job();
        if (resource.kind == JobKind::Endpoint)
            for (int i = 0; i < 5; ++i) add_again();
    }

    // One more of what is searched for.
    void add() {
        if (resource_.holder == search::Holder::Jobs) return add_job();
        add_pipeline(), add_execution();
    }

    // The row behind a job's record, by its ARN.
    [[nodiscard]] std::int64_t job_of(const Json& record) const {
        const Json& own = resource_.own_member.empty() ? record : record.at(std::string(resource_.own_member));
        for (const auto& [arn, id] : jobs_)
            if (std::ranges::any_of(own, [&arn](const Json& value) { return value == arn; })) return id;
        ADD_FAILURE() << "a record of no row: " << dump(record);
        return 0;
    }

    void add_pipeline() {
        auto& rows = service_.store();
        Pipeline row;
        row.namespace_id = space_;
        row.name = fmt::format("p{}", ++made_);
        row.display_name = random_.pick(kWords);
        row.description = random_.maybe(random_.pick(kWords));
        row.role_arn = fmt::format("arn:aws:iam::123456789012:role/{}", random_.below(2));
        if (random_.one_in(2)) row.max_parallel = static_cast<int>(1 + random_.below(3));
        std::tie(row.created, row.modified) = times();
        row.id = rows.pipelines.insert(row);
        pipelines_.push_back(row.id);
        std::vector<Tag> tags;
        for (const char* key : {"team", "a.b"})
            if (random_.one_in(2)) tags.push_back({key, random_.pick(kWords)});
        rows.tags.put({store::TaggedKind::Pipeline, row.id}, tags);
        for (std::int64_t number = 1; number <= 2; ++number) {
            PipelineVersion version;
            version.namespace_id = space_;
            version.pipeline = row.id;
            version.version = number;
            version.display_name = random_.maybe(random_.pick(kWords));
            version.description = random_.maybe(random_.pick(kWords));
            std::tie(version.created, version.modified) = times();
            (void)rows.pipelines.insert_version(version, "{}");
            for (const char* alias : {"prod", "test"})
                if (random_.one_in(3)) rows.pipelines.add_alias(row.id, fmt::format("{}-{}", alias, number), number);
        }
    }

    void add_execution() {
        auto& rows = service_.store();
        Execution row;
        row.namespace_id = space_;
        row.pipeline = random_.pick(pipelines_);
        row.version = static_cast<std::int64_t>(1 + random_.below(2));
        row.version_key = rows.pipelines.find_version(row.pipeline, row.version)->id;
        row.public_id = fmt::format("execution{:03}", ++made_);
        row.status = static_cast<ExecutionStatus>(random_.below(6));
        if (random_.one_in(2)) row.failure = random_.pick(kWords);
        row.display_name = random_.maybe(random_.pick(kWords));
        row.description = random_.maybe(random_.pick(kWords));
        row.experiment_name = random_.maybe(random_.pick(kWords));
        row.trial_name = random_.maybe(random_.pick(kWords));
        if (random_.one_in(2)) row.max_parallel = static_cast<int>(1 + random_.below(12));
        std::tie(row.created, row.modified) = times();
        row.ended = row.modified;
        if (random_.one_in(3)) {
            row.selection = {
                {"SelectedSteps", {{{"StepName", random_.pick(kWords)}}, {{"StepName", random_.pick(kWords)}}}}};
            if (random_.one_in(2)) row.selection["SourcePipelineExecutionArn"] = random_.pick(kWords);
        }
        const std::vector<Json> values{1,    10,  1.0,    0.5, 1e-4,    1e5,    12000000.0, 1e22,
                                       true, "1", "true", "a", "\"q\"", "x\ny", "ü"};
        std::vector<ParameterValue> parameters;
        for (const char* name : {"a", "b"})
            if (random_.one_in(2)) parameters.push_back({name, random_.pick(values)});
        executions_.push_back(rows.executions.insert(row, parameters));
    }

private:
    void add_job() {
        Job row;
        row.namespace_id = space_;
        row.execution = random_.pick(executions_);
        row.step = static_cast<StepSeq>(++made_);
        row.kind = resource_.kind == JobKind::ModelPackageGroup ? JobKind::ModelPackage : resource_.kind;
        row.name = fmt::format("{}-{}-{}", random_.pick(std::vector<std::string>{"a", "B", "ab"}),
                               service_.store().executions.find(row.execution)->public_id, made_);
        if (row.kind == JobKind::Training && random_.one_in(4)) name_freely(row);
        if (row.kind == JobKind::ModelPackage && !random_.one_in(3)) {
            row.group = random_.pick(std::vector<std::string>{"g1", "G1", "g2", "other"});
            row.number = service_.store().jobs.next_number(space_, row.group);
        }
        row.status = static_cast<JobStatus>(random_.below(5));
        std::tie(row.created, row.modified) = times();
        if (random_.one_in(2)) row.ended = row.modified;
        if (random_.one_in(3)) row.failure = random_.pick(kWords);
        row.arguments = {{"RoleArn", random_.pick(kWords)}, {"EnableManagedSpotTraining", random_.one_in(2)}};
        for (const char* name : {"eta", "a.b"})
            if (random_.one_in(2)) row.arguments["HyperParameters"][name] = random_.pick(kWords);
        if (random_.one_in(2)) row.arguments["Tags"] = {{{"Key", "team"}, {"Value", random_.pick(kWords)}}};
        if (random_.one_in(3)) row.result = stated();
        insert(std::move(row));
    }

    // A training of a tuning job is called what its scenario calls it; one name may look as if it held an execution's
    // id.
    void name_freely(Job& training) {
        training.name =
            fmt::format("{}-{}", random_.pick(std::vector<std::string>{"mine", "my-experiment01"}), training.step);
        Job tuning = training;
        tuning.kind = JobKind::Tuning;
        tuning.step = static_cast<StepSeq>(++made_);
        tuning.name = fmt::format("tuning-{}", made_);
        (void)service_.store().jobs.insert(tuning);
    }

    // An endpoint of a retried step: one endpoint, in the state of the newer row.
    void add_again() {
        Job row = service_.store().jobs.find(random_.pick(jobs_).second).value();
        row.status = static_cast<JobStatus>(random_.below(5));
        std::tie(row.created, row.modified) = times();
        insert(std::move(row));
    }

    Json stated() {
        Json result = Json::object();
        for (const std::string& member : kStated)
            if (random_.one_in(3)) result[member] = random_.pick(kStatements);
        if (random_.one_in(2))
            result["FinalMetricDataList"] = {{{"MetricName", "loss"},
                                              {"Value", 0.5 * static_cast<double>(random_.below(4))},
                                              {"Timestamp", 1'700'000'000}}};
        return result;
    }

    void insert(Job row) {
        auto& jobs = service_.store().jobs;
        row.id = jobs.insert(row);
        const Job shown = resource_.kind == JobKind::ModelPackageGroup && row.number
                              ? jobs.find_group(space_, row.group).value()
                              : row;
        if (shown.kind != resource_.kind) return;
        const Json document = documents::job_document(shown, service_.where);
        for (const auto& [name, value] : document.items()) {
            if (!name.ends_with("Arn") || name == "RoleArn") continue;
            std::erase_if(jobs_, [&value](const auto& known) { return value == known.first; });
            jobs_.emplace_back(value.get<std::string>(), shown.id);
        }
    }

    std::pair<Time, Time> times() {
        const auto created = static_cast<std::int64_t>(1'700'000'000'000 + 500 * random_.below(8));
        return {from_millis(created), from_millis(created + static_cast<std::int64_t>(250 * random_.below(4)))};
    }

    LocalService& service_;
    Random& random_;
    const search::Resource& resource_;
    NamespaceId space_ = 0;
    std::vector<PipelineKey> pipelines_;
    std::vector<ExecutionKey> executions_;
    std::vector<std::pair<std::string, JobKey>> jobs_;  // by ARN
    int made_ = 0;
};

// Every property that the shape of a record has, with what stands there in some record.
struct Candidate {
    std::string name;
    std::vector<std::string> values;
};

void collect_names(const model::Shape& shape, const std::string& prefix, std::set<std::string>& names) {
    const model::Shape& structure = shape.type == model::Type::List ? *shape.element : shape;
    if (!prefix.empty()) names.insert(prefix);
    for (const model::Member& member : structure.members)
        collect_names(*member.shape, (prefix.empty() ? "" : prefix + '.') + std::string(member.name), names);
}

std::string iso(std::int64_t millis) { return to_iso8601(from_millis(millis)); }

void collect_values(const Json& record, const Property& property, std::vector<std::string>& values) {
    std::vector<const Json*> reached{&record};
    for (const search::PathStep& step : property.path) {
        std::vector<const Json*> next;
        for (const Json* value : reached) {
            if (step.way == search::PathStep::Way::Each && value->is_array())
                for (const Json& item : *value) next.push_back(&item);
            if (step.way == search::PathStep::Way::Member)
                if (const Json* part = find(*value, step.name)) next.push_back(part);
            if (step.way == search::PathStep::Way::Named && value->is_array())
                for (const Json& item : *value)
                    if (item.at(std::string(step.key)) == step.name) next.push_back(&item.at(std::string(step.value)));
        }
        reached = std::move(next);
    }
    for (const Json* value : reached) {
        if (property.kind == search::Kind::Moment) {
            values.push_back(iso(std::llround(value->get<double>() * 1000)));
        } else if (!value->is_structured()) {
            values.push_back(value->is_string() ? value->get<std::string>() : dump(*value));
        }
    }
}

class Expressions {
public:
    Expressions(const search::Resource& resource, const std::vector<Json>& records, Random& random)
        : resource_(resource), random_(random) {
        std::set<std::string> names;
        collect_names(*resource.shape(), "", names);
        if (resource.name == "Pipeline") {
            names.insert({"Tags.team", "Tags.a.b", "Tags.none"});
            names.erase("Tags.Key"), names.erase("Tags.Value");
        }
        if (resource.holder == search::Holder::Jobs) names.insert("Tags.team");
        if (resource.name == "TrainingJob")
            names.insert({"HyperParameters.eta", "HyperParameters.a.b", "Metrics.loss", "Metrics.none"});
        for (const std::string& name : names) {
            Candidate candidate{name, {}};
            const Property property = search::find_property(resource, name).value();
            for (const Json& record : records) collect_values(record, property, candidate.values);
            (candidate.values.empty() ? empty_ : candidates_).push_back(std::move(candidate));
        }
    }

    // A SearchExpression that is accepted.
    Json next() {
        for (;;) {
            contains_ = false;
            Json made = expression(2);
            if (search::read_expression(resource_, {{"SearchExpression", made}})) return made;
        }
    }

    // A property that results can be sorted by.
    std::string next_sort() {
        for (;;) {
            std::string name = next_candidate().name;
            if (search::read_sort(resource_, {{"SortBy", name}})) return name;
        }
    }

private:
    // Seldom one that no record has: of a training job those are most.
    const Candidate& next_candidate() {
        const auto& list = empty_.empty() || !random_.one_in(5) ? candidates_ : empty_;
        return list[random_.below(list.size())];
    }

    Json expression(int depth) {
        Json made = Json::object();
        for (std::size_t i = random_.below(3); i > 0; --i) made["Filters"].push_back(filter(next_candidate()));
        if (random_.one_in(4)) add_nested(made);
        if (depth > 0 && random_.one_in(2))
            for (std::size_t i = 1 + random_.below(2); i > 0; --i)
                made["SubExpressions"].push_back(expression(depth - 1));
        if (random_.one_in(2)) made["Operator"] = "Or";
        return made;
    }

    void add_nested(Json& made) {
        const std::vector<std::string> lists =
            resource_.name == "Pipeline" ? std::vector<std::string>{"Tags"}
            : resource_.name == "PipelineExecution"
                ? std::vector<std::string>{"PipelineParameters", "SelectiveExecutionConfig.SelectedSteps"}
                : std::vector<std::string>{};
        if (lists.empty()) return;
        const std::string list = random_.pick(lists);
        Json filters = Json::array();
        for (std::size_t i = 1 + random_.below(2); i > 0; --i) {
            const std::string member = list == "Tags" ? random_.pick(std::vector<std::string>{"Key", "Value"})
                                       : list == "PipelineParameters"
                                           ? random_.pick(std::vector<std::string>{"Name", "Value"})
                                           : "StepName";
            filters.push_back(filter({list + "." + member, {"team", "a.b", "a", "b", "1", "true", "ab", "\"q\""}}));
        }
        made["NestedFilters"].push_back({{"NestedPropertyName", list}, {"Filters", filters}});
    }

    Json filter(const Candidate& candidate) {
        const auto& operators = model::find_shape("Operator")->values;
        std::string operation{random_.pick(operators)};
        if (operation == "Contains" && std::exchange(contains_, true)) operation = "Exists";
        Json made = {{"Name", candidate.name}, {"Operator", operation}};
        std::string value =
            candidate.values.empty() || random_.one_in(8) ? random_.pick(kWords) : random_.pick(candidate.values);
        if (operation == "Contains" && value.size() > 2) value = value.substr(value.size() / 2);
        if (operation == "In" && !candidate.values.empty()) value += "," + random_.pick(candidate.values);
        if (!is_valid_utf8(value)) value = "a";
        made["Value"] = value;
        return made;
    }

    const search::Resource& resource_;
    Random& random_;
    std::vector<Candidate> candidates_, empty_;
    bool contains_ = false;
};

class SearchProperty : public ::testing::TestWithParam<std::tuple<const char*, int>> {
protected:
    SearchProperty() : random(static_cast<std::uint32_t>(std::get<1>(GetParam()))), rows(service, random, resource) {}

    // The row behind a record: what ties are broken by.
    std::int64_t id_of(const Json& record) {
        if (resource.holder == search::Holder::Jobs) return rows.job_of(record);
        auto& store = service.store();
        const NamespaceId space = service.engine().find_space(service.where)->id;
        if (resource.name == "PipelineExecution")
            return store.executions
                .find(space, parse_execution_arn(record.at("PipelineExecutionArn").get<std::string>())->id)
                ->id;
        const auto name = parse_pipeline_name_or_arn(record.at("PipelineArn").get<std::string>())->name;
        const PipelineKey pipeline = store.pipelines.find(space, name)->id;
        if (resource.name == "Pipeline") return pipeline;
        return store.pipelines.find_version(pipeline, record.at("PipelineVersionId").get<std::int64_t>())->id;
    }

    // The records of a search, page by page, with what happens between two pages.
    std::vector<Json> found(
        Json request, std::size_t page, const std::function<void()>& between = [] {}) {
        request["Resource"] = resource.name;
        request["MaxResults"] = page;
        std::vector<Json> records;
        for (;;) {
            const Reply reply = service.call("Search", request);
            EXPECT_EQ(reply.status, 200) << reply.error() << '\n' << dump(request);
            if (reply.status != 200) return records;
            for (const Json& result : reply.body.at("Results"))
                records.push_back(result.at(std::string(resource.record)));
            hits = reply.body.at("TotalHits").at("Value").get<std::size_t>();
            EXPECT_EQ(reply.body.at("TotalHits").at("Relation"), "EqualTo");
            const Json* token = find(reply.body, "NextToken");
            if (token == nullptr) return records;
            request["NextToken"] = *token;
            between();
        }
    }

    // So few that records are read over several turns.
    LocalService service{[] {
        LocalService::Options options;
        options.records_a_turn = 7;
        return options;
    }()};
    const search::Resource& resource = *search::find_resource(std::get<0>(GetParam()));
    Random random;
    Rows rows;
    std::size_t hits = 0;
};

TEST_P(SearchProperty, SqlFindsWhatTheExpressionMeans) {
    const std::vector<Json> all = found({}, 100);
    std::map<std::int64_t, const Json*> known;
    for (const Json& record : all) known[id_of(record)] = &record;
    ASSERT_EQ(known.size(), all.size());
    Expressions expressions{resource, all, random};
    std::size_t matched = 0;
    const int rounds = resource.holder == search::Holder::Jobs ? 12 : 25;  // a document takes longer than a row
    for (int round = 0; round < rounds; ++round) {
        Json request = {{"SearchExpression", expressions.next()}, {"SortBy", expressions.next_sort()}};
        request["SortOrder"] = random.one_in(2) ? "Ascending" : "Descending";
        const auto expression = search::read_expression(resource, request).value();
        const auto sort = search::read_sort(resource, request).value();
        std::vector<store::Position> places;
        for (const auto& [id, record] : known)
            if (search::matches(expression, *record)) places.push_back({search::sort_key(sort, *record), id});
        std::ranges::sort(places, request["SortOrder"] == "Ascending" ? search::precedes : search::precedes_descending);
        matched += places.size();

        std::vector<std::int64_t> expected, actual;
        for (const store::Position& place : places) expected.push_back(place.id);
        for (const Json& record : found(request, 1 + random.below(20))) actual.push_back(id_of(record));
        ASSERT_EQ(actual, expected) << dump(request);
        ASSERT_EQ(hits, expected.size()) << dump(request);
    }
    EXPECT_GT(matched, static_cast<std::size_t>(rounds)) << "expressions that match nothing show nothing";
}

TEST_P(SearchProperty, PagesShowWhatWasThereOnceWhileRowsAreAdded) {
    const std::vector<Json> before = found({}, 100);
    std::set<std::int64_t> known;
    for (const Json& record : before) known.insert(id_of(record));
    Expressions expressions{resource, before, random};
    for (int round = 0; round < 4; ++round) {
        const Json request = {{"SortBy", expressions.next_sort()}};
        // A new execution changes a pipeline's LastRunTime and a version's newest execution, as it should.
        if (request.at("SortBy").get<std::string>().starts_with("Last") && request.at("SortBy") != "LastModifiedTime")
            continue;
        std::vector<std::int64_t> expected, actual;
        for (const Json& record : found(request, 100))
            if (known.contains(id_of(record))) expected.push_back(id_of(record));
        for (const Json& record : found(request, 7, [this] { rows.add(); }))
            if (known.contains(id_of(record))) actual.push_back(id_of(record));
        EXPECT_EQ(actual, expected) << dump(request);
    }
}

INSTANTIATE_TEST_SUITE_P(Random, SearchProperty,
                         ::testing::Combine(::testing::Values("Pipeline", "PipelineVersion", "PipelineExecution"),
                                            ::testing::Values(1, 2, 3)));
INSTANTIATE_TEST_SUITE_P(RandomJobs, SearchProperty,
                         ::testing::Combine(::testing::Values("TrainingJob", "HyperParameterTuningJob", "Job", "Model",
                                                              "Endpoint", "ModelPackage", "ModelPackageGroup"),
                                            ::testing::Values(1)));

TEST(SearchHits, AreExactUpToTenThousand) {
    LocalService service;
    service.create("p", {{"Version", "2020-12-01"}, {"Parameters", Json::array()}, {"Steps", Json::array()}});
    auto& rows = service.store().pipelines;
    PipelineVersion version = rows.find_version(1, 1).value();
    const auto total = [&service] {
        return service.call("Search", {{"Resource", "PipelineVersion"}, {"MaxResults", 1}}).body.at("TotalHits");
    };
    const auto add_up_to = [&rows, &version](std::int64_t last) {
        while (version.version < last) {
            ++version.version;
            (void)rows.insert_version(version, "");
        }
    };
    add_up_to(10'000);
    EXPECT_EQ(total(), (Json{{"Value", 10'000}, {"Relation", "EqualTo"}}));
    add_up_to(10'001);
    EXPECT_EQ(total(), (Json{{"Value", 10'000}, {"Relation", "GreaterThanOrEqualTo"}}));
}

}  // namespace
}  // namespace pipelines::testing
