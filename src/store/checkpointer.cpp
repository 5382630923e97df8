#include "store/checkpointer.hpp"

#include <exception>
#include <utility>

#include "pipelines/base/log.hpp"
#include "store/sqlite.hpp"

namespace pipelines::store {

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock{mutex_};
        stop_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Checkpointer::wake() noexcept {
    try {
        {
            const std::lock_guard lock{mutex_};
            due_ = true;
        }
        changed_.notify_one();
        if (!thread_.joinable()) thread_ = std::thread{[this] { run(); }};
    } catch (const std::exception& error) {
        log::warn("checkpoint thread: {}", error.what());  // the log grows until kOwnFrames, nothing is lost
    }
}

bool Checkpointer::wait() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return due_ || stop_; });
    return std::exchange(due_, false);  // one that was asked for is done before the end
}

void Checkpointer::run() noexcept {
    try {
        const Connection connection = connect(file_.c_str(), SQLITE_OPEN_READWRITE);
        execute(connection.get(), "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -64");
        int last = SQLITE_OK;
        while (wait()) {
            const int code =
                sqlite3_wal_checkpoint_v2(connection.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
            if (code != last && code != SQLITE_OK && code != SQLITE_BUSY)
                log::warn("checkpoint of '{}': {}", file_.string(), sqlite3_errstr(code));
            last = code;
        }
    } catch (const std::exception& error) {
        log::warn("checkpoint thread: {}", error.what());
    }
}

}  // namespace pipelines::store
