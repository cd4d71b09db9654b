namespace ImaNanoBanana.Journal.FileJournal;

/// <summary>Represents a file of a journal, as listed in the folder.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="WrittenAt">When the file was written, by the clock of the file system.</param>
internal readonly record struct JournalFile(string Name, DateTimeOffset WrittenAt)
{
    public string Hash => JournalFileName.HashOf(Name);

    public bool IsDone => JournalFileName.IsDone(Name);

    public bool IsTemporary => JournalFileName.IsTemporary(Name);
}
