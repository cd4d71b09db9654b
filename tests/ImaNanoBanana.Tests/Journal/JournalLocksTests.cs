using ImaNanoBanana.Journal.FileJournal;

namespace ImaNanoBanana.Tests.Journal;

public sealed class JournalLocksTests : IDisposable
{
    private const int Rounds = 500;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => TestFolder.Delete(new DirectoryInfo(_folder));

    /// <summary>
    /// Many first users at once: one opens its lock file while another creates the folder, before the first has checked whether the folder
    /// exists. The system then reports that the file is missing, not the folder.
    /// </summary>
    [Fact]
    public async Task First_users_of_a_folder_do_not_disturb_each_other()
    {
        using var together = new Barrier(2);
        var users = Enumerable.Range(0, 2).Select(user => Task.Factory.StartNew(
            () => TakeInEachFolder(user, together),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));

        var taken = await Task.WhenAll(users);

        Assert.Equal([Rounds, Rounds], taken);
    }

    private int TakeInEachFolder(int user, Barrier together)
    {
        var taken = 0;
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                var locks = new JournalLocks(Path.Combine(_folder, $"{round}"));
                together.SignalAndWait(TestContext.Current.CancellationToken);
                using var held = locks.TryTake($"{user}{user}");
                taken += held is null ? 0 : 1;
            }
        }
        finally
        {
            // A caller that fails does not make the other one wait.
            together.RemoveParticipant();
        }

        return taken;
    }
}
