package igdrom.web;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.firmware.ArtifactFilter;
import igdrom.formats.pci.PciId;
import igdrom.host.Snapshot;
import igdrom.host.SnapshotJson;
import igdrom.plan.RomRequest;
import igdrom.plan.host.Diagnosis;
import igdrom.report.Answers;
import igdrom.report.DoctorReport;
import igdrom.report.HostSource;
import igdrom.report.ImageFile;
import igdrom.report.PartFiles;
import igdrom.report.RomBuilding;
import igdrom.report.html.Markup;
import igdrom.report.html.Markup.Element;
import igdrom.report.html.ReportMarkup;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The script of the page makes only elements and attributes that it knows.
class MarkupNamesTest {
    @Test
    void the_script_knows_every_element_and_attribute_of_the_markup() throws IOException {
        String script;
        try (InputStream in = PageWording.class.getResourceAsStream("page/page.js")) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Set<String> names = new TreeSet<>();
        Matcher sets = Pattern.compile("NAMES = new Set\\(\\[([^\\]]*)").matcher(script);
        while (sets.find()) {
            Matcher words = Pattern.compile("'([a-z0-9]+)'").matcher(sets.group(1));
            while (words.find()) {
                names.add(words.group(1));
            }
        }
        Matcher attributes = Pattern.compile("ATTRIBUTES = /(.*)/;").matcher(script);
        assertThat(attributes.find()).isTrue();
        Pattern known = Pattern.compile(attributes.group(1));
        List<Element> elements = new ArrayList<>();
        markup().forEach(one -> collect(one, elements));
        assertThat(elements).hasSizeGreaterThan(200);
        for (Element element : elements) {
            assertThat(names).contains(element.name());
            assertThat(element.attributes().keySet()).allMatch(known.asMatchPredicate());
        }
    }

    private static List<Markup> markup() {
        PageWording wording = new PageWording();
        PciId device = PciId.intel(0x46d1);
        Image flash = SampleFlash.make();
        List<Markup> all = new ArrayList<>();
        all.addAll(
                ReportMarkup.of(
                        Answers.image("x", flash, device, ArtifactFilter.EVERYTHING), wording));
        PartFiles parts = new PartFiles(null, null, null, null, new ImageFile("x", flash));
        RomBuilding built = RomBuilding.of("igd.rom", RomRequest.of(device), parts, null);
        all.addAll(ReportMarkup.of(built.report(), wording));
        all.addAll(
                ReportMarkup.of(
                        Answers.rom(
                                "igd.rom",
                                java.util.Objects.requireNonNull(built.rom()),
                                Optional.of(device),
                                Optional.empty()),
                        wording));
        Snapshot host =
                SnapshotJson.read(Image.ofAscii(Samples.SNAPSHOT), "host.json", new PlainJson());
        HostSource source = HostSource.of(HostSource.Kind.SNAPSHOT, "host.json", null, host);
        all.addAll(
                ReportMarkup.of(
                        new DoctorReport(source, Diagnosis.of(host), List.of(), null), wording));
        RomRequest other = RomRequest.of(PciId.intel(0x46d4));
        all.addAll(ReportMarkup.of(RomBuilding.of("x", other, parts, null).report(), wording));
        return all;
    }

    private static void collect(Markup markup, List<Element> elements) {
        if (markup instanceof Element element) {
            elements.add(element);
            element.children().forEach(child -> collect(child, elements));
        }
    }
}
