package igdrom.bench;

import igdrom.bench.judge.Expectation;
import igdrom.bench.witness.PciAddress;
import igdrom.bytes.Image;
import igdrom.driver.OpRegionSources;
import igdrom.driver.OpRegionSources.Choice;
import igdrom.driver.RomData;
import igdrom.formats.pci.PciId;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.Platform;
import igdrom.virtualigd.IgdModel;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a ROM has to do in a machine, by the rules of the driver.
final class Expectations {
    private static final long MIB = 1 << 20;

    private Expectations() {}

    static PciAddress location(int gpu) {
        return PciAddress.of(2 + gpu, 0);
    }

    static Expectation of(TestMachine setting) {
        RomData data = setting.rom().data();
        List<Expectation.Gpu> gpus = new ArrayList<>();
        for (int i = 0; i < setting.gpus().size(); i++) {
            gpus.add(gpu(setting, data, i));
        }
        return new Expectation(
                gpus,
                setting.rom().uefiImages(),
                setting.rom().driver().isPresent()
                        ? new Expectation.Driver(data.policy(), data.clearsDisplayState())
                        : null,
                setting.rom().gop().isPresent(),
                setting.rom().damage().orElse(""),
                setting.origin().vbtMadeUp(),
                setting.reboot() ? 2 : 1,
                /* wholeHost= */ false);
    }

    private static Expectation.Gpu gpu(TestMachine setting, RomData data, int index) {
        IgdModel model = setting.gpus().get(index);
        PciId known = data.treatAs() == 0 ? model.id() : PciId.intel(data.treatAs());
        Platform platform = Knowledge.platformOf(known).orElse(null);
        boolean secondary = model.classCode() != IgdModel.VGA;
        if (model.host().isVirtualFunction()) {
            return new Expectation.Gpu(
                    location(index), model.id(), platform, secondary, null, null);
        }
        return new Expectation.Gpu(
                location(index),
                model.id(),
                platform,
                secondary,
                opRegion(setting, data, platform, index == 0 ? model.asls() : 0),
                platform == null ? null : stolen(setting, data, model, platform, index == 0));
    }

    /// Null where the driver leaves ASLS alone: on an unknown device, and without BDSM where
    /// nothing shows that the hypervisor emulates ASLS.
    ///
    /// @param asls what ASLS holds before the guest starts
    private static Expectation.@Nullable OpRegion opRegion(
            TestMachine machine, RomData data, @Nullable Platform platform, long asls) {
        Image preset = asls == 0 ? Image.EMPTY : machine.preset();
        boolean ours = machine.rom().driver().isPresent();
        boolean shown = !machine.opRegion().isEmpty() || !preset.isEmpty() || data.aslsAlways();
        if (ours && (platform == null || (platform.stolenBase() == null && !shown))) {
            return null;
        }
        return new OpRegionSources(
                        preset,
                        /* presetIsReserved= */ false,
                        machine.opRegion(),
                        data.opRegion(),
                        data.opRegionWins())
                .choose()
                .map(choice -> expected(choice, asls))
                .orElse(null);
    }

    private static Expectation.OpRegion expected(Choice choice, long asls) {
        return switch (choice.source()) {
            case PRESET -> expected(choice, "the preset OpRegion", asls);
            case FW_CFG -> expected(choice, "etc/igd-opregion", 0);
            case EMBEDDED -> expected(choice, "the ROM", 0);
        };
    }

    private static Expectation.OpRegion expected(Choice choice, String source, long preset) {
        return new Expectation.OpRegion(choice.image(), choice.vbtBytes(), source, preset);
    }

    private static Expectation.@Nullable Stolen stolen(
            TestMachine setting, RomData data, IgdModel model, Platform platform, boolean first) {
        if (platform.stolenBase() == null || !platform.stolenInGuest()) {
            return null;
        }
        long size = platform.graphicsControl().stolenSize(model.ggc());
        String source = "GGC";
        OptionalLong offered = setting.stolenSize();
        if (offered.isPresent() && offered.getAsLong() == 0) {
            return null;
        }
        if (offered.isPresent() && offered.getAsLong() >= size) {
            size = offered.getAsLong();
            source = "etc/igd-bdsm-size";
        }
        if (data.stolen().size() > size) {
            size = data.stolen().size();
            source = "the ROM";
        }
        size = (size + MIB - 1) & -MIB;
        if (size == 0) {
            return null;
        }
        if (model.bdsm() != 0) {
            long base = model.bdsm() & -MIB;
            return new Expectation.Stolen(size, source, base, "the hypervisor", true);
        }
        if (!first) {
            // The first device has taken the requested address.
            return new Expectation.Stolen(size, source, 0, "", false);
        }
        return setting.stolenBase() != 0
                ? new Expectation.Stolen(
                        size, source, setting.stolenBase(), "etc/igd-stolen-base", false)
                : new Expectation.Stolen(size, source, data.stolen().base(), "the ROM", false);
    }
}
