package igdrom.hypervisor;

import igdrom.plan.vm.SlotAddress;
import igdrom.plan.vm.VmPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Gives a domain of libvirt its IGD: replaces the elements that are about it, and leaves all other
/// text as it is.
final class LibvirtEditing {
    private final String text;
    private final XmlElement domain;
    private final XmlElement planned;
    private final String plannedText;
    private final SortedMap<Integer, Integer> moves;
    private final List<String> notes = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();

    /// A piece of the text and what it becomes.
    private record Change(int start, int end, String replacement) {}

    private LibvirtEditing(String name, String text, VmPlan plan) {
        this.text = text;
        this.domain = XmlText.read(name, text);
        this.plannedText = LibvirtText.domain(plan);
        this.moves =
                domain.child("devices").map(RootPorts::moves).orElse(Collections.emptySortedMap());
        this.planned = XmlText.read("the plan", plannedText);
    }

    /// The changed text of a domain, or why it stays.
    ///
    /// @param name of the file
    static VmEdit of(String name, String text, VmPlan plan) {
        // Throws when the text is not a domain.
        LibvirtReader.read(name, text);
        LibvirtEditing edit = new LibvirtEditing(name, text, plan);
        List<String> refusals = edit.refusals();
        if (!refusals.isEmpty()) {
            return VmEdit.refused(text, refusals);
        }
        edit.namespace();
        edit.ports();
        edit.processor();
        edit.devices();
        edit.options();
        String after = edit.changed();
        // What was written must still be read, and say what was planned.
        XmlText.read(name, after);
        return new VmEdit(text, after, edit.notes, List.of());
    }

    private List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        if (domain.child("devices").isEmpty()) {
            refusals.add("the domain has no devices");
        }
        domain.child("devices").ifPresent(devices -> taken(devices, refusals));
        for (XmlElement device : domain.tree()) {
            if (device.name().equals("qemu:device")
                    && !device.get("alias").equals(LibvirtText.ALIAS)
                    && device.tree().stream()
                            .anyMatch(each -> each.get("name").startsWith("x-igd"))) {
                refusals.add(
                        "the device " + device.get("alias") + " has options of an IGD already");
            }
        }
        return refusals;
    }

    private void taken(XmlElement devices, List<String> refusals) {
        for (XmlElement device : devices.children()) {
            boolean there =
                    LibvirtReader.slotOnBus0(device)
                            .map(slot -> slot.slot() == SlotAddress.IGD.slot())
                            .orElse(false);
            boolean moves = RootPorts.isPort(device) && !this.moves.isEmpty();
            if (there && !moves && !isReplaced(device)) {
                String model = device.get("model").isEmpty() ? "" : " " + device.get("model");
                refusals.add(
                        device.name()
                                + model
                                + " is in slot 2, where the GPU belongs: move it first");
            }
        }
    }

    /// Whether the change puts something else in place of a device.
    private static boolean isReplaced(XmlElement device) {
        return device.name().equals("video")
                || QemuReader.isIgd(
                        device.at("source/address").map(LibvirtReader::hostAddress).orElse(""));
    }

    /// Moves root ports out of slot 2.
    private void ports() {
        if (moves.isEmpty()) {
            return;
        }
        for (XmlElement device : domain.child("devices").orElseThrow().children()) {
            Optional<SlotAddress> slot = LibvirtReader.slotOnBus0(device);
            Integer to = slot.isEmpty() ? null : moves.get(slot.get().slot());
            if (to != null && RootPorts.isPort(device)) {
                XmlElement address = device.child("address").orElseThrow();
                int end = address.isEmptyTag() ? address.end() : address.open();
                String tag = text.substring(address.start(), end);
                changes.add(
                        new Change(
                                address.start(),
                                end,
                                tag.replaceFirst(
                                        "(\\sslot\\s*=\\s*['\"])[^'\"]*",
                                        "$1" + "0x%02x".formatted(to))));
            }
        }
        notes.add(RootPorts.note(moves));
    }

    private void namespace() {
        if (!domain.attributes().containsKey("xmlns:qemu")) {
            int at = domain.start() + 1 + domain.name().length();
            changes.add(new Change(at, at, " xmlns:qemu='" + planned.get("xmlns:qemu") + "'"));
        }
    }

    /// The text of an element of the plan.
    private String planned(XmlElement element) {
        return plannedText.substring(element.start(), element.end());
    }

    private void processor() {
        XmlElement cpu = planned.child("cpu").orElseThrow();
        XmlElement width = cpu.child("maxphysaddr").orElseThrow();
        Optional<XmlElement> old = domain.child("cpu");
        if (old.isEmpty()) {
            insert(domain, planned(cpu));
        } else if (old.get().child("maxphysaddr").isPresent()) {
            replace(old.get().child("maxphysaddr").get(), planned(width));
        } else if (old.get().get("mode").equals("host-passthrough")) {
            insert(old.get(), planned(width));
        } else {
            // libvirt limits the width of a processor only when the guest gets the host's.
            replace(old.get(), planned(cpu));
        }
    }

    private void devices() {
        XmlElement devices = domain.child("devices").orElseThrow();
        XmlElement igd = planned.at("devices/hostdev").orElseThrow();
        Optional<XmlElement> old = Optional.empty();
        for (XmlElement device : devices.all("hostdev")) {
            String address = device.at("source/address").map(LibvirtReader::hostAddress).orElse("");
            if (old.isEmpty() && QemuReader.isIgd(address)) {
                old = Optional.of(device);
            }
        }
        if (old.isPresent()) {
            for (XmlElement child : igd.children()) {
                if (!child.name().equals("source")) {
                    replaceOrInsert(old.get(), child.name(), child);
                }
            }
        } else {
            insert(devices, planned(igd));
        }
        XmlElement none = planned.at("devices/video").orElseThrow();
        List<XmlElement> videos = devices.all("video");
        boolean kept = false;
        for (XmlElement video : videos) {
            if (!kept) {
                boolean isNone =
                        video.child("model")
                                .map(model -> model.get("type").equals("none"))
                                .orElse(false);
                if (!isNone) {
                    replace(video, planned(none));
                }
                kept = true;
            } else {
                remove(video);
            }
        }
        if (videos.isEmpty()) {
            insert(devices, planned(none));
        }
        // Without a display there is nothing that these could show.
        for (XmlElement graphics : devices.all("graphics")) {
            remove(graphics);
        }
    }

    private void options() {
        for (String name : List.of("qemu:commandline", "qemu:override")) {
            Optional<XmlElement> wanted = planned.child(name);
            Optional<XmlElement> old = domain.child(name);
            if (wanted.isEmpty()) {
                continue;
            }
            if (old.isEmpty()) {
                insert(domain, planned(wanted.get()));
            } else if (name.equals("qemu:override")) {
                override(old.get(), wanted.get());
            } else {
                arguments(old.get(), wanted.get());
            }
        }
    }

    private void override(XmlElement old, XmlElement wanted) {
        XmlElement device = wanted.child("qemu:device").orElseThrow();
        for (XmlElement each : old.all("qemu:device")) {
            Optional<XmlElement> frontend = each.child("qemu:frontend");
            if (each.get("alias").equals(LibvirtText.ALIAS) && frontend.isPresent()) {
                properties(frontend.get(), device.child("qemu:frontend").orElseThrow());
                return;
            }
        }
        insert(old, planned(device));
    }

    /// Sets the planned properties, and removes other ones of an IGD.
    private void properties(XmlElement old, XmlElement wanted) {
        for (XmlElement property : wanted.all("qemu:property")) {
            Optional<XmlElement> there = named(old, property.get("name"));
            if (there.isPresent()) {
                replace(there.get(), planned(property));
            } else {
                insert(old, planned(property));
            }
        }
        for (XmlElement property : old.all("qemu:property")) {
            String name = property.get("name");
            if (name.startsWith("x-igd") && named(wanted, name).isEmpty()) {
                remove(property);
            }
        }
    }

    private static Optional<XmlElement> named(XmlElement parent, String name) {
        return parent.all("qemu:property").stream()
                .filter(each -> each.get("name").equals(name))
                .findFirst();
    }

    /// Adds the arguments that are not there.
    private void arguments(XmlElement old, XmlElement wanted) {
        List<String> there =
                old.all("qemu:arg").stream().map(argument -> argument.get("value")).toList();
        List<XmlElement> missing = wanted.all("qemu:arg");
        for (int i = 0; i + 1 < missing.size(); i += 2) {
            if (!there.contains(missing.get(i + 1).get("value"))) {
                insert(old, planned(missing.get(i)));
                insert(old, planned(missing.get(i + 1)));
            }
        }
    }

    private void replaceOrInsert(XmlElement parent, String name, XmlElement wanted) {
        Optional<XmlElement> old = parent.child(name);
        if (old.isPresent()) {
            replace(old.get(), planned(wanted));
        } else {
            insert(parent, planned(wanted));
        }
    }

    /// Replaces an element, unless it says the same already.
    private void replace(XmlElement old, String replacement) {
        if (!squeezed(text.substring(old.start(), old.end())).equals(squeezed(replacement))) {
            changes.add(new Change(old.start(), old.end(), replacement));
        }
    }

    private static String squeezed(String xml) {
        return xml.replaceAll("\\s+", " ").replace("> <", "><").replace('"', '\'').strip();
    }

    /// Inserts as the last child of an element.
    private void insert(XmlElement parent, String child) {
        if (parent.isEmptyTag()) {
            int slash = text.lastIndexOf("/>", parent.end());
            changes.add(new Change(slash, parent.end(), ">" + child + "</" + parent.name() + ">"));
            return;
        }
        // Before the white space that indents the end tag.
        int at = parent.close();
        while (at > parent.open() && " \t".indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        String indent = text.substring(at, parent.close()) + "  ";
        changes.add(new Change(at, at, indent + child + "\n"));
    }

    /// Removes an element with the line that it is alone on.
    private void remove(XmlElement element) {
        int start = element.start();
        while (start > 0 && " \t".indexOf(text.charAt(start - 1)) >= 0) {
            start--;
        }
        boolean alone = start > 0 && text.charAt(start - 1) == '\n';
        int end = element.end();
        if (alone && end < text.length() && text.charAt(end) == '\n') {
            changes.add(new Change(start, end + 1, ""));
        } else {
            changes.add(new Change(element.start(), end, ""));
        }
    }

    private String changed() {
        // From the end, so that offsets stay right; those at one place in their order.
        List<Change> ordered = new ArrayList<>(changes);
        ordered.sort(Comparator.comparingInt(Change::start));
        StringBuilder after = new StringBuilder();
        int at = 0;
        for (Change change : ordered) {
            after.append(text, at, change.start()).append(change.replacement());
            at = change.end();
        }
        return after.append(text.substring(at)).toString();
    }
}
