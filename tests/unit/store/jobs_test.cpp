// Jobs by name, by group and in lists.
#include "store_fixture.hpp"

namespace pipelines::store {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class JobsTest : public StoreTest {
protected:
    JobKey add(std::string name, JobKind kind, std::int64_t created, std::string group = {}, std::int64_t number = 0) {
        Job row = make_job(space, execution, std::move(name));
        row.kind = kind;
        row.created = row.modified = from_millis(created);
        row.group = std::move(group);
        if (number > 0) row.number = number;
        return store.jobs.insert(row);
    }

    std::vector<std::string> names(const JobFilter& filter, SortOrder order = SortOrder::Ascending) {
        const PageRequest request{.limit = 2, .order = order, .after = {}};
        std::vector<std::string> found;
        for (const Job& job : read_all([&](const PageRequest& page) { return store.jobs.list(filter, page); }, request))
            found.push_back(job.name);
        return found;
    }

    JobFilter of(JobKind kind, JobSort sort = JobSort::CreationTime) {
        JobFilter filter;
        filter.namespace_id = space;
        filter.kind = kind;
        filter.sort = sort;
        filter.status_order = {1, 0, 2, 3, 4};
        return filter;
    }

    ExecutionKey execution = add_execution("abcdefghijkl", 1);
};

TEST_F(JobsTest, AreFoundByNameWithinTheirExecution) {
    const auto first = add("name-Ab", JobKind::Model, 1);
    const auto second = add("name-aB", JobKind::Model, 2);
    EXPECT_EQ(store.jobs.find(execution, JobKind::Model, "name-Ab").value().id, first);
    EXPECT_EQ(store.jobs.find(execution, JobKind::Model, "name-aB").value().id, second);
    EXPECT_EQ(store.jobs.find(execution, JobKind::Model, "name-ab").value().id, second) << "ARNs are in lower case";
    EXPECT_FALSE(store.jobs.find(execution, JobKind::Training, "name-Ab"));
    EXPECT_FALSE(store.jobs.find(execution + 1, JobKind::Model, "name-Ab"));
    EXPECT_FALSE(store.jobs.find(execution, JobKind::Model, "name-"));
}

// A check step looks for the newest approved package, where most of them are not.
TEST_F(JobsTest, TheNewestPackageIsTakenAmongThoseThatHoldAWord) {
    for (const std::int64_t number : {1, 2, 3, 4}) {
        Job row = make_job(space, execution, "p" + std::to_string(number));
        row.kind = JobKind::ModelPackage;
        row.group = "Group";
        row.number = number;
        row.arguments = {{"Status", number == 4 ? "Other" : "Word"}};
        if (number == 3) row.result = row.arguments;
        (void)store.jobs.insert(row);
    }
    std::vector<std::int64_t> read;
    const auto until = [&read](std::int64_t last) {
        return [&read, last](const Job& job) {
            read.push_back(*job.number);
            return job.number == last;
        };
    };
    EXPECT_EQ(store.jobs.newest_package(space, "group", "\"Word\"", until(2)).value().number, 2);
    EXPECT_THAT(read, ElementsAre(3, 2));
    EXPECT_FALSE(store.jobs.newest_package(space, "group", "\"Word\"", until(9)));
    EXPECT_FALSE(store.jobs.newest_package(space, "other", "\"Word\"", until(1)));
}

TEST_F(JobsTest, AGroupIsReadFromItsOldestPackage) {
    add("p2", JobKind::ModelPackage, 5, "Group", 2);
    const auto oldest = add("p1", JobKind::ModelPackage, 7, "Group", 1);
    add("q", JobKind::ModelPackage, 9, "Other", 3);  // the older ones went with their pipeline
    const Job group = store.jobs.find_group(space, "group").value();
    EXPECT_EQ(group.kind, JobKind::ModelPackageGroup);
    EXPECT_EQ(group.name, "Group");
    EXPECT_EQ(group.created, from_millis(7));
    EXPECT_FALSE(store.jobs.find_group(space, "none"));
    EXPECT_FALSE(store.jobs.find_group(space + 1, "Group"));
    EXPECT_EQ(store.jobs.find_package(space, "GROUP", 1).value().id, oldest);
    EXPECT_FALSE(store.jobs.find_package(space, "Group", 3));
    EXPECT_EQ(store.jobs.next_number(space, "gROUP"), 3) << "one group, however it is spelt";
    EXPECT_THAT(names(of(JobKind::ModelPackageGroup)), ElementsAre("Group", "Other"));
    EXPECT_THAT(names(of(JobKind::ModelPackageGroup, JobSort::Name), SortOrder::Descending),
                ElementsAre("Other", "Group"));
}

TEST_F(JobsTest, AreListedByTimeAndByName) {
    add("b", JobKind::Training, 1);
    add("c", JobKind::Training, 1);
    add("a", JobKind::Training, 2);
    add("x", JobKind::Processing, 2);
    EXPECT_THAT(names(of(JobKind::Training)), ElementsAre("b", "c", "a"));
    EXPECT_THAT(names(of(JobKind::Training), SortOrder::Descending), ElementsAre("a", "c", "b"));
    EXPECT_THAT(names(of(JobKind::Training, JobSort::Name)), ElementsAre("a", "b", "c"));
    EXPECT_THAT(names(of(JobKind::Training, JobSort::Name), SortOrder::Descending), ElementsAre("c", "b", "a"));
    EXPECT_THAT(names(of(JobKind::Tuning)), IsEmpty());
    JobFilter elsewhere = of(JobKind::Training);
    elsewhere.namespace_id = space + 1;
    EXPECT_THAT(names(elsewhere), IsEmpty());
}

TEST_F(JobsTest, AreListedByTheOrderOfTheirStatuses) {
    const std::vector<JobStatus> statuses{JobStatus::Failed, JobStatus::InProgress, JobStatus::Completed,
                                          JobStatus::Failed};
    for (std::size_t i = 0; i < statuses.size(); ++i) {
        Job row = make_job(space, execution, std::string(1, static_cast<char>('a' + i)));
        row.status = statuses[i];
        (void)store.jobs.insert(row);
    }
    EXPECT_THAT(names(of(JobKind::Training, JobSort::Status)), ElementsAre("c", "b", "a", "d"));
    EXPECT_THAT(names(of(JobKind::Training, JobSort::Status), SortOrder::Descending), ElementsAre("d", "a", "b", "c"));
    JobFilter failed = of(JobKind::Training);
    failed.statuses = 1U << static_cast<unsigned>(JobStatus::Failed);
    EXPECT_THAT(names(failed), ElementsAre("a", "d"));
}

TEST_F(JobsTest, AreFiltered) {
    add("apple", JobKind::ModelPackage, 1);
    add("p1", JobKind::ModelPackage, 2, "Apple-group", 1);
    add("p2", JobKind::ModelPackage, 3, "Apple-group", 2);
    add("p3", JobKind::ModelPackage, 4, "pear", 1);
    JobFilter filter = of(JobKind::ModelPackage);
    filter.name_contains = "pple";
    EXPECT_THAT(names(filter), ElementsAre("apple", "p1", "p2")) << "a version goes by its group's name";
    filter.group = "apple-GROUP";
    EXPECT_THAT(names(filter), ElementsAre("p1", "p2"));
    filter.created_after = from_millis(2);
    EXPECT_THAT(names(filter), ElementsAre("p2"));
    filter.sort = JobSort::Name;
    EXPECT_THAT(names(filter), ElementsAre("p2"));
    filter = of(JobKind::ModelPackage);
    filter.modified_after = from_millis(1);
    filter.modified_before = from_millis(4);
    filter.accepts = [](const Job& job) { return job.number == 1; };
    EXPECT_THAT(names(filter), ElementsAre("p1"));
}

// ListModelPackages asks for the packages of no group by default, which may stand among any number of versions of
// groups: a page of them reads none of those.
TEST_F(JobsTest, PackagesOfNoGroupAreReadWithoutTheVersionsAmongThem) {
    for (std::int64_t number = 1; number <= 4; ++number) add("version", JobKind::ModelPackage, number, "group", number);
    add("alone", JobKind::ModelPackage, 2);
    add("late", JobKind::ModelPackage, 5);
    add("job", JobKind::Training, 3);
    JobFilter filter = of(JobKind::ModelPackage);
    EXPECT_EQ(names(filter).size(), 6U);
    filter.packages = Packages::Versioned;
    EXPECT_THAT(names(filter), ElementsAre("version", "version", "version", "version"));
    filter.packages = Packages::Unversioned;
    std::vector<std::string> read;
    filter.accepts = [&read](const Job& job) {
        read.push_back(job.name);
        return true;
    };
    EXPECT_THAT(names(filter), ElementsAre("alone", "late"));
    EXPECT_THAT(names(filter, SortOrder::Descending), ElementsAre("late", "alone"));
    filter.sort = JobSort::Name;
    EXPECT_THAT(names(filter), ElementsAre("alone", "late"));
    EXPECT_THAT(read, Not(Contains("version")));
    std::size_t explained = 0;
    for (const std::string& text : database->statements()) {
        if (text.find("number IS NULL") == std::string::npos) continue;
        ++explained;
        EXPECT_THAT(plan_of(*database, text), Contains(StartsWith("SEARCH r USING INDEX jobs_unversioned"))) << text;
    }
    EXPECT_EQ(explained, 3U);
}

TEST_F(JobsTest, AResourceMadeAgainUnderItsNameIsOne) {
    add("endpoint", JobKind::Endpoint, 1);
    const auto again = add("endpoint", JobKind::Endpoint, 2);
    EXPECT_THAT(names(of(JobKind::Endpoint)), ElementsAre("endpoint"));
    EXPECT_EQ(store.jobs.find(execution, JobKind::Endpoint, "endpoint").value().id, again);
}

TEST_F(JobsTest, WhatUsesModelsIsFoundByItsExecution) {
    add("train", JobKind::Training, 1);
    const auto transform = add("transform", JobKind::Transform, 1);
    add("endpoint", JobKind::Endpoint, 1);
    const auto again = add("endpoint", JobKind::Endpoint, 2);
    std::vector<JobKey> found;
    for (const Job& job : store.jobs.users_of_models(execution)) found.push_back(job.id);
    EXPECT_THAT(found, ElementsAre(transform, again));
    EXPECT_EQ(store.jobs.newest(), again);
}

// What only a document tells may leave out everything: one page reads so many rows and no more.
TEST_F(JobsTest, APageIsShortRatherThanLong) {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) add(name, JobKind::Training, 1);
    JobFilter filter = of(JobKind::Training);
    std::size_t read = 0;
    filter.accepts = [&read](const Job& job) {
        ++read;
        return job.name == "a" || job.name == "f";
    };
    filter.most_read = 3;
    const auto list = [this, &filter](const PageRequest& request) { return store.jobs.list(filter, request); };
    PageRequest request{.limit = 2, .order = SortOrder::Ascending, .after = {}};
    std::vector<std::string> found;
    for (std::size_t pages = 1;; ++pages) {
        const auto page = list(request);
        EXPECT_LE(std::exchange(read, 0), 3U);
        for (const Job& job : page.rows) found.push_back(job.name);
        request.after = page.next;
        if (page.next) continue;
        EXPECT_EQ(pages, 3U);
        break;
    }
    EXPECT_THAT(found, ElementsAre("a", "f"));
}

TEST_F(JobsTest, PagesStandWhileRowsAreAdded) {
    for (std::int64_t i = 0; i < 5; ++i) add(std::to_string(i), JobKind::Training, i);
    const PageRequest request{.limit = 2, .order = SortOrder::Descending, .after = {}};
    const auto rows = read_all([&](const PageRequest& page) { return store.jobs.list(of(JobKind::Training), page); },
                               request, [&] { add("new", JobKind::Training, 9); });
    EXPECT_EQ(rows.size(), 5U);
}

}  // namespace
}  // namespace pipelines::store
