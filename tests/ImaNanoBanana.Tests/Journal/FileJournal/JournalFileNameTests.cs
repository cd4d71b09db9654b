using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Tests.Journal.FileJournal;

/// <summary>The names of a journal's files. Other processes and other versions of the SDK read them.</summary>
public class JournalFileNameTests
{
    private const string Hash = "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(Hash + ".open", "open")]
    [InlineData(Hash + ".done", "done")]
    [InlineData(Hash + ".open." + Id + ".tmp", "temporary")]
    [InlineData(Hash + ".done." + Id + ".tmp", "temporary")]
    [InlineData("0123456789abcdef" + "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF.open", "")]
    [InlineData("G123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF.open", "")]
    [InlineData(Hash + "0.open", "")]
    [InlineData(Hash + ".OPEN", "")]
    [InlineData(Hash, "")]
    [InlineData(".open", "")]
    [InlineData(".done", "")]
    [InlineData(".tmp", "")]
    [InlineData("", "")]
    [InlineData(Id + ".tmp", "")]
    [InlineData("." + Id + ".tmp", "")]
    [InlineData("notes." + Id + ".tmp", "")]
    [InlineData("notes.open." + Id + ".tmp", "")]
    [InlineData(Hash + "." + Id + ".tmp", "")]
    [InlineData(Hash + ".other." + Id + ".tmp", "")]
    [InlineData(Hash + ".open.tmp", "")]
    [InlineData(Hash + ".open..tmp", "")]
    [InlineData(Hash + ".open.0123456789abcdef.tmp", "")]
    [InlineData(Hash + ".open." + Id + "0.tmp", "")]
    [InlineData(Hash + ".open.0123456789ABCDEF0123456789ABCDEF.tmp", "")]
    [InlineData(Hash + ".open.g123456789abcdef0123456789abcdef.tmp", "")]
    [InlineData(Hash + ".open." + Id + ".TMP", "")]
    [InlineData(Hash + ".open." + Id, "")]
    public void Names_of_other_files_are_never_those_of_the_journal(string name, string kind)
    {
        Assert.Equal(kind == "open", JournalFileName.IsOpen(name));
        Assert.Equal(kind == "done", JournalFileName.IsDone(name));
        Assert.Equal(kind == "temporary", JournalFileName.IsTemporary(name));
        if (kind.Length > 0)
        {
            Assert.Equal(Hash, JournalFileName.HashOf(name));
        }
    }

    [Theory]
    [InlineData(Hash + JournalFileName.Open)]
    [InlineData(Hash + JournalFileName.Done)]
    public void Temporary_name_is_new_each_time_and_recognised(string name)
    {
        var temporary = JournalFileName.NewTemporary(name);

        Assert.True(JournalFileName.IsTemporary(temporary), temporary);
        Assert.StartsWith(name + ".", temporary, StringComparison.Ordinal);
        Assert.NotEqual(temporary, JournalFileName.NewTemporary(name));
    }

    [Fact]
    public void Endings_stay_as_they_are() => Assert.Equal((".open", ".done"), (JournalFileName.Open, JournalFileName.Done));
}
