using FsCheck.Xunit;
using ImaNanoBanana.Journal.FileJournal;
using ImaNanoBanana.Journal.FileLedger;
using ImaNanoBanana.Requests.Credits;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Tests.Requests;

namespace ImaNanoBanana.Tests.Journal.FileLedger;

public sealed class FileCreditLedgerTests : IDisposable
{
    private static readonly CreditAccount Account = new("studio", 20);

    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FileCreditLedger Ledger => new(_folder.Path);

    private string AccountFile => Path.Combine(_folder.Path, AccountFolder.HashOf(Account.Name) + ".credits");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Credits_are_counted_once(bool hasPeriod) => LedgerScenarios.CountOnceAsync(() => Ledger, hasPeriod);

    [Fact]
    public Task Accounts_are_counted_separately() => LedgerScenarios.SeparateAccountsAsync(() => Ledger);

    [Fact]
    public Task Concurrent_calls_never_reserve_more_than_the_limit() => LedgerScenarios.NeverMoreThanTheLimitAsync(() => Ledger);

    [Fact]
    public Task Credits_are_free_when_enough_submissions_leave_the_period() =>
        LedgerScenarios.FreeAfterAsync(() => Ledger, LetPassAsync);

    [Fact]
    public Task Budgets_with_different_periods_do_not_make_each_other_forget() =>
        LedgerScenarios.DifferentPeriodsAsync(() => Ledger, LetPassAsync);

    [Fact]
    public Task A_total_counts_everything() => LedgerScenarios.TotalAsync(() => Ledger, LetPassAsync);

    [Fact]
    public Task What_was_spent_without_a_period_counts_until_it_is_older_than_a_later_one() =>
        LedgerScenarios.LaterPeriodAsync(() => Ledger, LetPassAsync);

    [Fact]
    public async Task Many_calls_of_one_process_wait_for_each_other()
    {
        var ledger = Ledger;
        var account = Account with { Limit = 150, Period = TimeSpan.FromDays(1) };

        var reserved = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            number => ledger.TryReserveAsync(account, LedgerScenarios.Entry($"{number}", 1), Token).AsTask()));

        Assert.Equal(150, reserved.Count(isReserved => isReserved));
        Assert.Equal(new CreditUsage(0, 150, 0), await ledger.GetUsageAsync(account, Token));
    }

    [Fact]
    public async Task Spent_credits_return_when_their_period_has_passed_and_leave_the_file()
    {
        var account = Account with { Period = TimeSpan.FromHours(1) };
        await LedgerScenarios.SpendAsync(Ledger, account, "a", 12);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromMinutes(30));
        await LedgerScenarios.SpendAsync(Ledger, account, "b", 8);
        Assert.False(await Ledger.TryReserveAsync(account, LedgerScenarios.Entry("c", 1), Token));

        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromMinutes(30));

        Assert.Equal(new CreditUsage(8, 0, 12), await Ledger.GetUsageAsync(account, Token));
        Assert.True(await Ledger.TryReserveAsync(account, LedgerScenarios.Entry("c", 12), Token));
        Assert.Equal(["b", "c"], new AccountFolder(_folder.Path, Open).Read("studio").Entries.Select(entry => entry.Id));
    }

    /// <summary>A budget without a period needs the sum alone, also if another budget of the account has a period.</summary>
    [Fact]
    public async Task Without_a_period_everything_counts_in_a_total()
    {
        var daily = Account with { Limit = 10, Period = TimeSpan.FromHours(1) };
        await LedgerScenarios.SpendAsync(Ledger, Account, "a", 6);
        await LedgerScenarios.SpendAsync(Ledger, daily, "b", 4);
        OlderAccount.LetPass(_folder.Path, "studio", TimeSpan.FromHours(1));

        await LedgerScenarios.SpendAsync(Ledger, daily, "c", 10);

        Assert.Equal(new CreditUsage(20, 0, 0), await Ledger.GetUsageAsync(Account, Token));
        Assert.Equal(new CreditUsage(10, 0, 0), await Ledger.GetUsageAsync(daily, Token));
        Assert.False(await Ledger.TryReserveAsync(Account, LedgerScenarios.Entry("d", 1), Token));
        var file = new AccountFolder(_folder.Path, Open).Read("studio");
        Assert.Equal((10m, "c"), (file.Total, Assert.Single(file.Entries).Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Reserving_what_is_spent_changes_nothing(bool hasPeriod) =>
        LedgerScenarios.RepeatedAfterCommitAsync(() => Ledger, hasPeriod);

    /// <summary>No one knows what such a file counted, so nothing is sent, and the file stays as it is.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("not the file of a ledger")]
    [InlineData("""{"v":1}""")]
    [InlineData("""{"v":2,"account":"studio"}""")]
    [InlineData("""{"v":1,"account":"another"}""")]
    [InlineData("""{"v":1,"account":"studio","total":-1}""")]
    [InlineData("""{"v":1,"account":"studio","longest_period":"-1.00:00:00"}""")]
    [InlineData("""{"v":1,"account":"studio","entries":null}""")]
    [InlineData("""{"v":1,"account":"studio","entries":[null]}""")]
    [InlineData("""{"v":1,"account":"studio","entries":[{"id":"a","credits":6}]}""")]
    [InlineData("""{"v":1,"account":"studio","entries":[{"id":"a","credits":-6,"at":"2026-05-01T00:00:00Z"}]}""")]
    [InlineData("""{"v":1,"account":"studio","entries":[{"id":"a","credits":"6","at":"2026-05-01T00:00:00Z"}]}""")]
    [InlineData("""{"v":1,"account":"studio","entries":[{"id":"\ud800","credits":6,"at":"2026-05-01T00:00:00Z"}]}""")]
    [InlineData("""{"v":1,"account":"studio","account":"studio"}""")]
    public async Task Damaged_file_is_an_error_and_stays(string content)
    {
        await File.WriteAllTextAsync(AccountFile, content, Token);
        var entry = LedgerScenarios.Entry("a", 1);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Ledger.TryReserveAsync(Account, entry, Token).AsTask());

        Assert.Contains(AccountFile, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => Ledger.CommitAsync(Account, entry, Token).AsTask());
        await Assert.ThrowsAsync<InvalidDataException>(() => Ledger.ReleaseAsync(Account, entry, Token).AsTask());
        await Assert.ThrowsAsync<InvalidDataException>(() => Ledger.GetUsageAsync(Account, Token).AsTask());
        await Assert.ThrowsAsync<InvalidDataException>(() => Ledger.GetFreeAfterAsync(Account, 1, Token).AsTask());
        Assert.Equal(content, await File.ReadAllTextAsync(AccountFile, Token));
        Assert.True(await Ledger.TryReserveAsync(Account with { Name = "healthy" }, entry, Token));
    }

    [Fact]
    public async Task Client_sends_nothing_if_the_file_is_damaged()
    {
        await File.WriteAllTextAsync(AccountFile, "{", Token);
        using var simulator = new ImaSimulator();
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, simulator, budget: new CreditBudget(Ledger, Account));

        var error = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a puppy"), Token));

        Assert.Equal((ImaErrorKind.NotSent, ImaChargeStatus.NotCharged), (error.Kind, error.ChargeStatus));
        Assert.Contains(AccountFile, error.Message, StringComparison.Ordinal);
        Assert.Empty(simulator.Charges);
    }

    /// <summary>The file of every length that a crash could leave if it were not replaced at once.</summary>
    [Fact]
    public async Task Truncated_file_is_an_error()
    {
        await LedgerScenarios.SpendAsync(Ledger, Account, "a", 6);
        var content = await File.ReadAllBytesAsync(AccountFile, Token);
        for (var length = 0; length < content.Length; length++)
        {
            await File.WriteAllBytesAsync(AccountFile, content[..length], Token);
            await Assert.ThrowsAsync<InvalidDataException>(() => Ledger.GetUsageAsync(Account, Token).AsTask());
        }
    }

    [Fact]
    public async Task Disk_that_fails_changes_nothing()
    {
        await LedgerScenarios.SpendAsync(Ledger, Account, "a", 6);
        var before = await File.ReadAllTextAsync(AccountFile, Token);
        var failing = new FileCreditLedger(_folder.Path, null, (path, mode) => mode == FileMode.Open
            ? Open(path, mode)
            : new FullDisk(Open(path, mode)));

        await Assert.ThrowsAsync<IOException>(
            () => failing.TryReserveAsync(Account, LedgerScenarios.Entry("b", 1), Token).AsTask());

        Assert.Equal(before, await File.ReadAllTextAsync(AccountFile, Token));
        Assert.Equal([AccountFile], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Files_are_accessible_only_to_the_owner()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have other rights there.");
        var folder = Path.Combine(_folder.Path, "credits");
        var ledger = new FileCreditLedger(folder);
        await ledger.TryReserveAsync(Account, LedgerScenarios.Entry("a", 6), Token);

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var information = new DirectoryInfo(folder);
        Assert.Equal(Owner | UnixFileMode.UserExecute, information.UnixFileMode);
        Assert.All(information.GetFiles("*", SearchOption.AllDirectories), file => Assert.Equal(Owner, file.UnixFileMode));
        Assert.All(information.GetDirectories(), sub => Assert.Equal(Owner | UnixFileMode.UserExecute, sub.UnixFileMode));
    }

    /// <summary>A process that has settled everything leaves nothing but the accounts and the lock files, which are used again.</summary>
    [Fact]
    public async Task Settled_reservations_leave_no_sign_of_the_process()
    {
        var ledger = Ledger;
        await ledger.TryReserveAsync(Account, LedgerScenarios.Entry("a", 6), Token);
        await ledger.TryReserveAsync(Account, LedgerScenarios.Entry("b", 6), Token);
        await ledger.TryReserveAsync(Account, LedgerScenarios.Entry("c", 9), Token);
        await ledger.CommitAsync(Account, LedgerScenarios.Entry("a", 6), Token);
        var locks = Path.Combine(_folder.Path, "locks");
        Assert.Single(Directory.GetFiles(locks, "*.alive"));

        await ledger.ReleaseAsync(Account, LedgerScenarios.Entry("b", 6), Token);

        Assert.Equal([AccountFolder.HashOf(Account.Name)[..2]], Directory.GetFiles(locks).Select(Path.GetFileName));
        Assert.Equal([AccountFile], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Invalid_arguments_are_reported_by_name()
    {
        Assert.Throws<ArgumentException>("folder", () => new FileCreditLedger(" "));
        var entry = LedgerScenarios.Entry("a", 1);
        await Assert.ThrowsAsync<ArgumentNullException>("account", async () => await Ledger.TryReserveAsync(null!, entry, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("entry", async () => await Ledger.TryReserveAsync(Account, null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("entry", async () => await Ledger.CommitAsync(Account, null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("entry", async () => await Ledger.ReleaseAsync(Account, null!, Token));
        await Assert.ThrowsAsync<ArgumentNullException>("account", async () => await Ledger.GetUsageAsync(null!, Token));
    }

    /// <summary>The files count what the same budget in memory counts.</summary>
    [Property(MaxTest = 15)]
    public async Task Sums_agree_with_those_in_memory((byte Step, byte Credits, byte Which)[] steps)
    {
        using var folder = new TestFolder();
        ICreditLedger[] ledgers =
            [new FileCreditLedger(folder.Path), new MemoryCreditLedger(TimeProvider.System)];
        var account = new CreditAccount("studio", 500, TimeSpan.FromDays(1));
        foreach (var ((step, credits, which), number) in steps.Select((step, number) => (step, number)))
        {
            // An id that is spent is not reserved again: the two remember it for different times.
            var entry = LedgerScenarios.Entry(step % 4 == 0 ? $"{number}" : $"{number - 1 - (which % 5)}", credits);
            var isReserved = new List<bool>();
            foreach (var ledger in ledgers)
            {
                switch (step % 4)
                {
                    case 0:
                        isReserved.Add(await ledger.TryReserveAsync(account, entry, Token));
                        break;
                    case 1:
                        await ledger.CommitAsync(account, entry, Token);
                        break;
                    default:
                        await ledger.ReleaseAsync(account, entry, Token);
                        break;
                }
            }

            Assert.Equal(isReserved.FirstOrDefault(), isReserved.LastOrDefault());
            Assert.Equal(await ledgers[1].GetUsageAsync(account, Token), await ledgers[0].GetUsageAsync(account, Token));
        }
    }

    private Task LetPassAsync(TimeSpan time)
    {
        OlderAccount.LetPass(_folder.Path, Account.Name, time);
        return Task.CompletedTask;
    }

    private static FileStream Open(string path, FileMode mode) => JournalFolder.Open(path, mode);

    /// <summary>Has room for half of the content.</summary>
    private sealed class FullDisk(FileStream file) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            file.Write(buffer[..(buffer.Length / 2)]);
            throw new IOException("No space left on device.");
        }

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}
