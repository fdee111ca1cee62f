package io.jenkins.plugins.bellhop.jenkins.pages;

import io.jenkins.plugins.bellhop.delivery.KeptDeliveries;
import io.jenkins.plugins.bellhop.delivery.Spool;
import io.jenkins.plugins.bellhop.flow.StoredDecisions;
import io.jenkins.plugins.bellhop.flow.UnknownHooks;
import io.jenkins.plugins.bellhop.jenkins.Wiring;
import java.util.Date;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How full things are, and who knocked where no hook is; for administrators alone. */
@ExportedBean(defaultVisibility = 999)
public final class Traffic {

    private static final long MEBIBYTE = 1L << 20;

    Traffic() {}

    @Exported
    public int getWaiting() {
        return Wiring.get().spool().waiting().size();
    }

    @Exported
    public int getMostWaiting() {
        return Spool.MOST_WAITING;
    }

    /** Of those that wait. */
    @Exported
    public long getBytesWaiting() {
        return Wiring.get().spool().bytes();
    }

    @Exported
    public int getKept() {
        return Wiring.get().spool().kept().count();
    }

    @Exported
    public long getBytesKept() {
        return Wiring.get().spool().kept().bytes();
    }

    /** In MiB, rounded up. */
    public long getSpoolUsed() {
        return rounded(getBytesWaiting());
    }

    /** In MiB, rounded up. */
    public long getKeptUsed() {
        return rounded(getBytesKept());
    }

    private static long rounded(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }

    public long getLargestSpool() {
        return Spool.LARGEST / MEBIBYTE;
    }

    public int getMostKept() {
        return KeptDeliveries.MOST;
    }

    public long getLargestKept() {
        return KeptDeliveries.LARGEST / MEBIBYTE;
    }

    @Exported
    public int getEntries() {
        return Wiring.get().decisions().size();
    }

    @Exported
    public int getMostEntries() {
        return StoredDecisions.MOST;
    }

    /** Since Jenkins started. */
    @Exported
    public long getUnknownRequests() {
        return Wiring.get().decisions().unknownHooks().requests();
    }

    @Exported
    public List<UnknownHook> getUnknownHooks() {
        return Wiring.get().decisions().unknownHooks().all().stream()
                .map(UnknownHook::new)
                .toList();
    }

    /** An address that no hook has. */
    @ExportedBean(defaultVisibility = 999)
    public static final class UnknownHook {

        private final UnknownHooks.Knock knock;

        UnknownHook(UnknownHooks.Knock knock) {
            this.knock = knock;
        }

        @Exported
        public String getAddress() {
            return knock.address();
        }

        @Exported
        public long getTimes() {
            return knock.times();
        }

        @Exported
        public Date getFirst() {
            return Date.from(knock.first());
        }

        @Exported
        public Date getLast() {
            return Date.from(knock.last());
        }
    }
}
