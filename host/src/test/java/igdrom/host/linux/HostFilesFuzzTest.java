package igdrom.host.linux;

import com.code_intelligence.jazzer.junit.FuzzTest;
import igdrom.bytes.Image;
import igdrom.host.BootLoader;
import igdrom.host.Fact;
import igdrom.host.Identifiers;
import java.nio.charset.StandardCharsets;

/// The parsers of files take any text and any bytes.
class HostFilesFuzzTest {
    private static final String SOURCE = "fuzz";

    @FuzzTest(maxDuration = "5s")
    void texts_are_facts_or_unknown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Fact<String> fact = new Fact.Known<>(text, SOURCE);
        PciResources.parse(fact);
        PciDevices.flag(fact);
        Numbers.decimal(fact);
        Numbers.hexadecimal(fact);
        Numbers.register(fact);
        IommuFiles.parseReserved(fact);
        Iomem.parseHolders(text, "0000:00:02.0", "");
        Iomem.parseStolenMemory(text, SOURCE);
        GraphicsFiles.parseFramebuffers(text);
        FirmwareFiles.lockdown(fact);
        VfioFiles.parseFlag(fact);
        VfioFiles.relevant(text);
        KernelConfiguration.parse(text);
        KernelFiles.parseVersion(fact);
        KernelFiles.names(text);
        MachineFiles.parseOsRelease(fact, "ID");
        ProcessorFile.relevant(text);
        HypervisorFiles.parseLibvirt(text);
        BootLoader.leaving(text);
        String cleaned = Identifiers.commandLine(text);
        if (!Identifiers.commandLine(cleaned).equals(cleaned)) {
            throw new AssertionError("identifiers were left in: " + cleaned);
        }
    }

    @FuzzTest(maxDuration = "5s")
    void bytes_are_facts_or_unknown(byte[] bytes) {
        Image image = Image.of(bytes);
        ConsolePaths.parse(image, SOURCE);
        ConsolePaths.parse(ConsolePaths.cleaned(image), SOURCE);
        Edid.withoutSerials(image);
        DeviceRom.parse(image, SOURCE);
        FirmwareFiles.parseSwitch(new Fact.Known<>(image, SOURCE));
        Fact<Image> texts = new Fact.Known<>(HypervisorFiles.texts(image), SOURCE);
        HypervisorFiles.versionOf(texts);
        HypervisorFiles.igdNames(texts);
        Image excerpt = AcpiFiles.excerpt(image);
        if (!excerpt.isEmpty()) {
            AcpiFiles.parse(excerpt);
        }
    }
}
