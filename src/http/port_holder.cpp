#include "http/port_holder.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "pipelines/base/text.hpp"

namespace pipelines::http {

namespace {

namespace fs = std::filesystem;

// The inodes of sockets that listen on the port, as links of /proc/<pid>/fd name them: "socket:[12345]".
void collect_listening(const char* table, std::uint16_t port, std::set<std::string>& sockets) {
    constexpr std::string_view kListening = "0A";
    const std::string ending = fmt::format(":{:04X}", port);
    std::ifstream rows(table);
    for (std::string row; std::getline(rows, row);) {
        std::istringstream columns(row);
        std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
        columns >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode;
        if (local.ends_with(ending) && state == kListening) sockets.insert(fmt::format("socket:[{}]", inode));
    }
}

bool holds_any(const fs::path& process, const std::set<std::string>& sockets) {
    std::error_code fault;
    for (fs::directory_iterator at(process / "fd", fault), end; !fault && at != end; at.increment(fault)) {
        std::error_code unreadable;
        const fs::path target = fs::read_symlink(at->path(), unreadable);
        if (!unreadable && sockets.contains(target.string())) return true;
    }
    return false;
}

}  // namespace

std::string port_holder(std::uint16_t port) {
    std::set<std::string> sockets;
    collect_listening("/proc/net/tcp", port, sockets);
    collect_listening("/proc/net/tcp6", port, sockets);
    if (sockets.empty()) return {};
    std::error_code fault;
    for (fs::directory_iterator at("/proc", fault), end; !fault && at != end; at.increment(fault)) {
        const std::string pid = at->path().filename().string();
        if (!parse_number<int>(pid) || !holds_any(at->path(), sockets)) continue;
        std::ifstream file(at->path() / "comm");
        std::string name;
        std::getline(file, name);
        return fmt::format("process {} ({})", pid, name);
    }
    return {};
}

}  // namespace pipelines::http
