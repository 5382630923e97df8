// Bar 2: what it costs to store a StartPipelineExecution, when nothing is decided.
//
//   start-prototype FILE
//
// FILE is a data file of the server with one finished execution, started with a ClientRequestToken. Each request that
// is read (its JSON parsed) has the rows of that execution inserted once more, under its own keys, names and token; all
// requests of one turn of the loop share a commit, and are answered behind it. Connection settings are those of
// src/store/open.cpp.
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <condition_variable>
#include <cstdio>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "sample_rows.hpp"
#include "serve.hpp"

namespace bench {
namespace {

using Change = SampleRows::Change;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

// PASSIVE checkpoints in a thread of their own, as the server has them.
class Checkpoints {
public:
    explicit Checkpoints(std::string file) : file_(std::move(file)) {
        std::thread{[this] { run(); }}.detach();  // lives as long as the process
    }

    void due() {
        const std::lock_guard lock{mutex_};
        due_ = true;
        changed_.notify_one();
    }

private:
    void run() {
        const Connection connection = open(file_);
        // Also reads the schema: a connection that has read nothing does not know of the log, and checkpoints nothing.
        execute(connection.get(), "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -64");
        for (;;) {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [this] { return due_; });
            due_ = false;
            lock.unlock();
            sqlite3_wal_checkpoint_v2(connection.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        }
    }

    std::string file_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool due_ = false;
};

constexpr int kCheckpointFrames = 1000;

int committed(void* checkpoints, sqlite3*, const char*, int frames) {
    if (frames >= kCheckpointFrames) static_cast<Checkpoints*>(checkpoints)->due();
    return SQLITE_OK;
}

Connection open_for_writing(const std::string& file) {
    Connection connection = open(file);
    execute(
        connection.get(),
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;"
        "PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 1000;"
        "PRAGMA secure_delete = OFF; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;"
        "PRAGMA journal_size_limit = 67108864");
    return connection;
}

// Inserts the sample execution once more.
class Copier {
public:
    explicit Copier(sqlite3* connection)
        : executions_(connection, "executions", "id = (SELECT max(id) FROM executions)"),
          parameters_(connection, "parameters", "execution = (SELECT max(id) FROM executions)"),
          steps_(connection, "steps", "execution = (SELECT max(id) FROM executions) ORDER BY seq"),
          jobs_(connection, "jobs", "execution = (SELECT max(id) FROM executions) ORDER BY id"),
          events_(connection, "events", "execution = (SELECT max(id) FROM executions) ORDER BY id"),
          tokens_(connection, "request_tokens", "operation = 'StartPipelineExecution' LIMIT 1"),
          count_(prepare(connection,
                         "UPDATE namespaces SET executions_made = executions_made + 1 WHERE id = 1 "
                         "RETURNING executions_made")) {
        if (executions_.size() != 1 || steps_.size() == 0 || jobs_.size() == 0 || tokens_.size() != 1)
            throw std::runtime_error("the file has no finished execution with a token");
        public_id_ = executions_.text(0, "public_id");
        answer_ = tokens_.text(0, "answer");
    }

    // Rows that one request writes, the counter included.
    [[nodiscard]] std::size_t rows() const {
        return 2 + parameters_.size() + steps_.size() + jobs_.size() + events_.size() + tokens_.size();
    }

    // Returns the answer.
    std::string copy(std::string_view token) {
        step(count_.get());
        const std::int64_t ordinal = sqlite3_column_int64(count_.get(), 0);
        reset(count_.get());
        // Growing, with a tail of chance, as the server's are: where rows land in the indexes of ids is most of their
        // cost.
        std::array<char, 13> digits{};
        std::snprintf(
            digits.data(), digits.size(), "%07lld%05llx", static_cast<long long>(ordinal),
            static_cast<unsigned long long>(static_cast<std::uint64_t>(ordinal) * 0x9e3779b97f4a7c15ULL >> 44));
        const std::string id(digits.data(), 12);

        const std::array execution_changes{null(executions_, "id"), text(executions_, "public_id", id)};
        const std::int64_t execution = executions_.insert(0, execution_changes);
        const std::array parameter_changes{integer(parameters_, "execution", execution)};
        for (std::size_t i = 0; i < parameters_.size(); ++i) parameters_.insert(i, parameter_changes);
        std::vector<std::pair<std::int64_t, std::int64_t>> keys;  // of jobs: sample, copy
        for (std::size_t i = 0; i < jobs_.size(); ++i) {
            const std::string name = renamed(jobs_.text(i, "name"), id);
            const std::array changes{null(jobs_, "id"), integer(jobs_, "execution", execution),
                                     text(jobs_, "name", name)};
            keys.emplace_back(jobs_.integer(i, "id"), jobs_.insert(i, changes));
        }
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            std::array changes{integer(steps_, "execution", execution), null(steps_, "job")};
            for (const auto& [sample, job] : keys)
                if (steps_.integer(i, "job") == sample) changes[1] = integer(steps_, "job", job);
            steps_.insert(i, changes);
        }
        const std::array event_changes{null(events_, "id"), integer(events_, "execution", execution)};
        for (std::size_t i = 0; i < events_.size(); ++i) events_.insert(i, event_changes);
        std::string answer = renamed(answer_, id);
        const std::array token_changes{text(tokens_, "token", token), text(tokens_, "answer", answer)};
        tokens_.insert(0, token_changes);
        return answer;
    }

private:
    static Change null(const SampleRows& rows, std::string_view column) {
        return {rows.index_of(column), Change::Kind::Null};
    }
    static Change integer(const SampleRows& rows, std::string_view column, std::int64_t value) {
        return {rows.index_of(column), Change::Kind::Integer, value};
    }
    static Change text(const SampleRows& rows, std::string_view column, std::string_view value) {
        return {rows.index_of(column), Change::Kind::Text, 0, value};
    }
    [[nodiscard]] std::string renamed(std::string value, std::string_view id) const {
        if (const auto at = value.find(public_id_); at != std::string::npos) value.replace(at, public_id_.size(), id);
        return value;
    }

    SampleRows executions_, parameters_, steps_, jobs_, events_, tokens_;
    Statement count_;
    std::string public_id_, answer_;
};

// The first writer of a turn opens the transaction and posts its commit behind the requests that are ready.
class GroupCommit {
public:
    GroupCommit(asio::io_context& loop, sqlite3* connection)
        : loop_(loop),
          done_(loop.get_executor(), std::chrono::steady_clock::time_point::max()),
          begin_(prepare(connection, "BEGIN IMMEDIATE")),
          commit_(prepare(connection, "COMMIT")) {}

    void begin() {
        if (std::exchange(open_, true)) return;
        asio::post(loop_, [this] { commit(); });
        step(begin_.get());
        reset(begin_.get());
    }

    asio::awaitable<void, Executor> committed() {
        co_await done_.async_wait(kAwaitTuple);  // cancelled by the commit
    }

private:
    void commit() {
        step(commit_.get());
        reset(commit_.get());
        open_ = false;
        done_.cancel();
    }

    asio::io_context& loop_;
    Timer done_;
    Statement begin_, commit_;
    bool open_ = false;
};

int run(const std::string& file) {
    Checkpoints checkpoints(file);
    const Connection connection = open_for_writing(file);
    sqlite3_wal_hook(connection.get(), committed, &checkpoints);
    Copier copier(connection.get());
    std::fprintf(stderr, "%zu rows a start\n", copier.rows());
    asio::io_context loop(1);
    GroupCommit group(loop, connection.get());
    auto start = [&copier, &group](const Request& request) -> asio::awaitable<std::string, Executor> {
        const auto input = nlohmann::json::parse(request.body());
        group.begin();
        std::string answer = copier.copy(input.at("ClientRequestToken").get_ref<const std::string&>());
        co_await group.committed();
        co_return answer;
    };
    serve(loop, start);
    return 0;
}

}  // namespace
}  // namespace bench

int main(int count, char** arguments) try {
    if (count != 2) throw std::runtime_error("usage: start-prototype FILE");
    return bench::run(arguments[1]);
} catch (const std::exception& fault) {
    std::fprintf(stderr, "start-prototype: %s\n", fault.what());
    return 1;
}
