package igdrom.hypervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The file of a VM of Proxmox VE: lines of `key: value`, then sections with its snapshots.
///
/// Source: Proxmox VE, qemu-server, PVE/QemuServer.pm, `parse_vm_config()`.
///
/// @param lines of the whole file, each with its end
/// @param end the index of the first line of a section
record ProxmoxFile(List<String> lines, int end) {
    private static final int MAX_SIZE = 1 << 20;

    ProxmoxFile {
        lines = List.copyOf(lines);
    }

    static ProxmoxFile of(String name, String text) {
        if (text.length() > MAX_SIZE) {
            throw new MalformedVmException(name, 0, "is larger than 1 MiB");
        }
        List<String> lines = new ArrayList<>();
        int end = -1;
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int next = newline < 0 ? text.length() : newline + 1;
            String line = text.substring(start, next);
            if (end < 0 && line.startsWith("[")) {
                end = lines.size();
            }
            lines.add(line);
            start = next;
        }
        return new ProxmoxFile(lines, end < 0 ? lines.size() : end);
    }

    /// The index of the line with a key, before any section.
    Optional<Integer> find(String key) {
        for (int i = 0; i < end; i++) {
            if (lines.get(i).startsWith(key + ":")) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /// Whether there is a section such as `[PENDING]`.
    boolean hasSection(String header) {
        return lines.stream().anyMatch(line -> line.strip().equals(header));
    }

    /// The value of a key, before any section.
    Optional<String> value(String key) {
        return find(key).map(index -> lines.get(index).substring(key.length() + 1).strip());
    }

    /// The same file with another value of a key, in its old line or before the first section.
    ProxmoxFile with(String key, String value) {
        List<String> changed = new ArrayList<>(lines);
        String line = key + ": " + value + "\n";
        Optional<Integer> index = find(key);
        if (index.isPresent()) {
            changed.set(index.get(), line);
            return new ProxmoxFile(changed, end);
        }
        int at = end;
        // Proxmox VE writes an empty line before a section.
        while (at > 0 && at < lines.size() && changed.get(at - 1).isBlank()) {
            at--;
        }
        if (at > 0 && !changed.get(at - 1).endsWith("\n")) {
            changed.set(at - 1, changed.get(at - 1) + "\n");
        }
        changed.add(at, line);
        return new ProxmoxFile(changed, end + 1);
    }

    String text() {
        return String.join("", lines);
    }
}
