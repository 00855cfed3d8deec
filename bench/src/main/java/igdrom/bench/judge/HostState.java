package igdrom.bench.judge;

/// The host to which the tested devices belong, and what the guest did to it.
///
/// @param raw whether the guest has the host's own ASLS and BDSM
/// @param asls the host's value
/// @param bdsm the host's value, 0 where the register does not exist
/// @param stolenBase where the host's stolen memory begins
/// @param stolenSize its size
/// @param told what has told the ROM where that is, for messages; empty for nothing
/// @param aslsAlways whether the ROM is to write ASLS even here
/// @param pages how many page table entries the guest has pointed at the host's stolen memory
public record HostState(
        boolean raw,
        long asls,
        long bdsm,
        long stolenBase,
        long stolenSize,
        String told,
        boolean aslsAlways,
        long pages) {}
