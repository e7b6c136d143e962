package nad.data;

/// How much memory the data of one file may take. What claims more is refused before anything is allocated for it.
///
/// @param bytes for the file's bytes, unpacked, and once more for its numbers
record Room(long bytes) {
    /// Half of the memory that Java may use.
    static final Room STANDARD = new Room(Runtime.getRuntime().maxMemory() / 2);

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 16;
    private static final int PER_EXACT_NUMBER = 40;

    int mostBytes() {
        return (int) Math.min(bytes, LARGEST_ARRAY);
    }

    int mostEntries(boolean exact) {
        return (int) Math.min(bytes / (exact ? PER_EXACT_NUMBER : Double.BYTES), LARGEST_ARRAY);
    }
}
