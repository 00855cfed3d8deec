package igdrom.report.html;

import igdrom.formats.pci.PciId;
import igdrom.knowledge.Device;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Devices by the names that their owners know: of the GPU and of the processors that have it.
final class DeviceMarkup {
    private static final int MAX_PROCESSORS = 12;

    private DeviceMarkup() {}

    /// A table of devices to unfold.
    static Markup.Builder list(List<PciId> ids) {
        Markup.Builder rows = Markup.element("tbody");
        for (PciId id : ids) {
            rows.add(
                    Markup.element("tr")
                            .add(Markup.element("td", "code").text(id.toString()))
                            .add(Markup.element("td").text(name(id)))
                            .add(Markup.element("td").text(processors(id))));
        }
        Markup.Builder head =
                Markup.element("tr")
                        .add(header("Device"))
                        .add(header("Graphics"))
                        .add(header("Processors seen with it"));
        return Cards.details(ids.size() == 1 ? "1 device" : ids.size() + " devices")
                .add(
                        Markup.element("div", "wide")
                                .add(
                                        Markup.element("table")
                                                .add(Markup.element("thead").add(head))
                                                .add(rows)));
    }

    private static Markup.Builder header(String text) {
        return Markup.element("th").attribute("scope", "col").text(text);
    }

    /// The platform, and the marketing name where there is one.
    static String name(PciId id) {
        Optional<Device> known = Knowledge.device(id);
        if (known.isEmpty()) {
            return "not known to igdrom";
        }
        Device device = known.get();
        String name = device.marketing();
        return device.platform().family() + (name == null ? "" : ", " + name);
    }

    /// Names of processors, the frequent ones first.
    static String processors(PciId id) {
        List<Processor> with = new ArrayList<>();
        for (Processor processor : Knowledge.processors()) {
            if (processor.ids().contains(id)) {
                with.add(processor);
            }
        }
        with.sort((one, other) -> Integer.compare(other.machines(), one.machines()));
        List<String> names = new ArrayList<>();
        for (Processor processor : with.subList(0, Math.min(MAX_PROCESSORS, with.size()))) {
            names.add(processor.name());
        }
        int more = with.size() - names.size();
        return String.join(", ", names) + (more == 0 ? "" : " and " + more + " more");
    }
}
