package igdrom.vfiouser.wire;

/// The error numbers that a reply may carry.
///
/// Spec: Linux, asm-generic/errno-base.h and errno.h.
public enum Errno {
    ENOENT(2),
    EIO(5),
    E2BIG(7),
    ENOMEM(12),
    EFAULT(14),
    EEXIST(17),
    EINVAL(22),
    ENOSPC(28),
    EOPNOTSUPP(95);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
