namespace ImaNanoBanana.Journal;

/// <summary>A file of a journal, as the folder lists it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WrittenAt">When it was written, by the clock of the file system.</param>
internal readonly record struct JournalFile(string Name, DateTimeOffset WrittenAt)
{
    public string Hash => JournalFileName.HashOf(Name);

    public bool IsDone => JournalFileName.IsDone(Name);

    public bool IsTemporary => JournalFileName.IsTemporary(Name);
}
