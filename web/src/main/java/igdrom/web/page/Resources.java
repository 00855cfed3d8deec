package igdrom.web.page;

import org.teavm.classlib.ResourceSupplier;
import org.teavm.classlib.ResourceSupplierContext;

/// The files that the engine reads: a service of TeaVM's, which puts them into the program.
public final class Resources implements ResourceSupplier {
    private static final String[] FILES = {
        "igdrom/driver/igdrom.efi",
        "igdrom/driver/report.tsv",
        "igdrom/knowledge/bridges.tsv",
        "igdrom/knowledge/devices.tsv",
        "igdrom/knowledge/generations.tsv",
        "igdrom/knowledge/gop-file-guids.tsv",
        "igdrom/knowledge/gops.tsv",
        "igdrom/knowledge/low-memory.tsv",
        "igdrom/knowledge/pch.tsv",
        "igdrom/knowledge/placeholder-ids.tsv",
        "igdrom/knowledge/processors.tsv",
        "igdrom/knowledge/vbt-families.tsv",
        "igdrom/knowledge/vbt-trials.tsv",
    };

    @Override
    public String[] supplyResources(ResourceSupplierContext context) {
        return FILES.clone();
    }
}
