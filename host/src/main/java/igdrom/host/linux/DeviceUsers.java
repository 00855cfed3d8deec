package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.DeviceUser;
import igdrom.host.Fact;
import igdrom.host.PciFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which processes have a device node of a PCI function open, by the links in `/proc/*/fd`. No node
/// is opened for that.
///
/// Source: Linux, proc_pid_fd(5), proc_pid_comm(5); drivers/vfio/group.c and device_cdev.c for the
/// nodes in `/dev/vfio`.
///
/// @param function whose nodes are looked for
record DeviceUsers(HostRoot root, PciFunction function) {
    private static final String PROCESSES = "/proc";

    /// The first process belongs to root: who may see its descriptors sees those of all.
    private static final String FIRST = PROCESSES + "/1/fd";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /// The users. Unknown where none was found, but not all processes could be looked at.
    Fact<List<DeviceUser>> users() {
        Set<String> nodes = nodes();
        if (nodes.isEmpty()) {
            return function.id().map(_ -> List.<DeviceUser>of());
        }
        // Of hundreds of directories only what was found is kept.
        HostRoot unrecorded = new HostRoot(root.paths(), new TreeBuilder());
        Fact<List<String>> first = unrecorded.names(FIRST);
        first.value().ifPresent(_ -> root.copy().directory(FIRST));
        List<DeviceUser> users = new ArrayList<>();
        for (String process : root.namesIn(PROCESSES)) {
            if (NUMBER.matcher(process).matches()) {
                for (String node : opened(unrecorded, process, nodes)) {
                    users.add(new DeviceUser(name(process), Integer.parseInt(process), node));
                }
            }
        }
        return users.isEmpty()
                ? first.map(_ -> List.of())
                : new Fact.Known<>(List.copyOf(users), PROCESSES + "/*/fd");
    }

    /// The nodes that a program opens to use the function, or to hand it to a guest.
    private Set<String> nodes() {
        String directory = PciDevices.directory(function.address());
        Set<String> nodes = new TreeSet<>();
        add(directory + "/drm", "/dev/dri/", nodes);
        add(directory + "/graphics", "/dev/", nodes);
        add(directory + "/vfio-dev", "/dev/vfio/devices/", nodes);
        if (function.use().driver().value().equals(Optional.of(Optional.of("vfio-pci")))) {
            function.use()
                    .iommuGroup()
                    .value()
                    .flatMap(number -> number)
                    .ifPresent(number -> nodes.add("/dev/vfio/" + number));
        }
        return nodes;
    }

    private void add(String directory, String devices, Set<String> nodes) {
        for (String name : root.listing(directory).value().orElse(List.of())) {
            nodes.add(devices + name);
        }
    }

    /// Each node once, though programs open some of them many times.
    private Set<String> opened(HostRoot unrecorded, String process, Set<String> nodes) {
        String directory = PROCESSES + "/" + process + "/fd";
        Set<String> opened = new TreeSet<>();
        for (String descriptor : unrecorded.namesIn(directory)) {
            String path = directory + "/" + descriptor;
            String target = unrecorded.target(path).value().flatMap(link -> link).orElse("");
            if (nodes.contains(target) && opened.add(target)) {
                root.copy().file(path, Image.of(target.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return opened;
    }

    private String name(String process) {
        return root.text(PROCESSES + "/" + process + "/comm").value().orElse("unknown");
    }
}
