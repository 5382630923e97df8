// Moves the write-ahead log into the data file from a thread with a connection of its own, so that no request waits for
// that (2 to 5 times lower p99). The thread starts with the first long log: a short test never has one.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace pipelines::store {

class Checkpointer {
public:
    // Frames (pages of 4 KiB) in the log from which a checkpoint is worth while, and from which the committing thread
    // does one itself: under steady writing the thread alone never catches up with the end of the log.
    static constexpr int kWakeFrames = 1'000;
    static constexpr int kOwnFrames = 16'384;

    explicit Checkpointer(std::filesystem::path file) : file_(std::move(file)) {}
    ~Checkpointer();  // after the pass that was asked for
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    void wake() noexcept;  // asks for a pass; from one thread only

private:
    void run() noexcept;
    [[nodiscard]] bool wait();

    std::filesystem::path file_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool due_ = false;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace pipelines::store
