package igdrom.report;

/// A report that can be shown as a page.
public sealed interface PageReport extends Report
        permits BuildReport,
                ConfigReport,
                DoctorReport,
                ImageReport,
                RefusalReport,
                RomCheckReport,
                SnapshotReport,
                TestReport,
                VbtEditReport,
                VmReport {}
