package igdrom.bench;

import igdrom.bench.judge.HostState;
import igdrom.driver.RomData;
import igdrom.virtualigd.IgdHost;
import igdrom.virtualigd.IgdModel;

/// The host of a machine, for its judges.
final class Hosts {
    private Hosts() {}

    /// @param pages how many page table entries the guest has pointed at the host's stolen memory
    static HostState of(TestMachine machine, long pages) {
        IgdModel model = machine.gpus().getFirst();
        IgdHost host = model.host();
        RomData data = machine.rom().data();
        return new HostState(
                host.raw(),
                host.asls(),
                model.platform().stolenBase() == null ? 0 : host.bdsm(),
                host.stolenBase(),
                model.stolenSize(),
                told(machine, data),
                data.aslsAlways(),
                pages);
    }

    private static String told(TestMachine machine, RomData data) {
        if (machine.stolenBase() != 0) {
            return "etc/igd-stolen-base";
        }
        return data.stolen().base() == 0 ? "" : "the ROM";
    }
}
