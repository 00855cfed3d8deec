package igdrom.report.html;

import igdrom.hypervisor.ConfigPart;
import igdrom.report.ConfigReport;
import igdrom.report.Wording;
import java.util.ArrayList;
import java.util.List;

/// The configuration of a virtual machine, each part ready to copy, or why there is none.
final class ConfigMarkup {
    private ConfigMarkup() {}

    static List<Markup> of(ConfigReport report, Wording wording) {
        List<Markup> page = new ArrayList<>();
        int number = 1;
        for (ConfigPart part : report.parts()) {
            Markup.Builder title = Markup.element("h4").text(number++ + ". " + part.title());
            page.add(title.build());
            if (part.path() != null) {
                page.add(
                        Markup.element("p", "code dim")
                                .text(part.path() + (part.executable() ? " (executable)" : ""))
                                .build());
            }
            page.add(Markup.element("pre", "config").text(part.text().stripTrailing()).build());
        }
        page.addAll(new BuildMarkup(wording).messages(report.result().messages()));
        return page;
    }
}
