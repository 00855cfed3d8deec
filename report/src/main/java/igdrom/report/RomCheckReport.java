package igdrom.report;

import igdrom.rom.RomChecks;

/// The static checks of a ROM.
public record RomCheckReport(String file, long size, String sha256, RomChecks checks)
        implements PageReport {
    @Override
    public Answer answer() {
        return checks.good() ? Answer.YES : Answer.NO;
    }
}
