using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/resume.md, compiled; <see cref="ResumePageTests"/> runs it.</summary>
[SuppressMessage("Security", "CA2100", Justification = "The statements are constants.")]
internal static class ResumeSnippets
{
    public static async Task KeyAsync(IImaImageClient client, CancellationToken cancellationToken)
    {
        // >>>
        var request = new ImageRequest("a cute puppy on grass") { IdempotencyKey = "order-4711" };
        var first = await client.SubmitAsync(request, cancellationToken);
        var second = await client.SubmitAsync(request, cancellationToken);
        Console.WriteLine(first == second);
        // <<<
        Assert.Equal(first, second);
    }

    // >>> samples/ImaNanoBanana.Studio/Generating/ImageRun.cs#run

    public static async Task<ImageResult> HandleAsync(
        IImaImageClient client, ImageTask task, Func<string, Task> save, CancellationToken cancellationToken)
    {
        // >>>
        var handle = task.ToHandle();
        await save(handle);
        // <<<

        // >>>
        var result = await client.WaitForCompletionAsync(ImageTask.FromHandle(handle), cancellationToken);
        // <<<
        return result;
    }

    public static void Register(IServiceCollection services, string folder)
    {
        // >>>
        services.AddImaNanoBanana().AddFileJournal(folder);
        // <<<
    }

    public static async Task ResumeAsync(IImaImageClient client, string pictures, CancellationToken cancellationToken)
    {
        // >>>
        await foreach (var left in client.ResumeAsync(cancellationToken: cancellationToken))
        {
            if (left.Result is { } result)
            {
                await client.SaveAsync(
                    result.Image, Path.Combine(
                        pictures, ImageFileName.FromText(left.IdempotencyKey)), cancellationToken: cancellationToken);
            }
            else
            {
                Console.WriteLine($"{left.IdempotencyKey}: {left.Error!.Kind}, charged: {left.Error.ChargeStatus}");
            }
        }
        // <<<
    }

    public static async Task<string> EnqueueAsync(CancellationToken cancellationToken)
    {
        // >>>
        var request = new ImageRequest("a cute puppy on grass") { Size = ImageSize.Size2K, MaxCredits = 20 };
        request = request with { IdempotencyKey = await request.CreateContentKeyAsync("order-4711", cancellationToken) };
        var message = JsonSerializer.Serialize(request);
        // <<<
        return message;
    }

    public static async Task<ImageTask> WorkAsync(IImaImageClient client, string message, CancellationToken cancellationToken)
    {
        // >>>
        var request = JsonSerializer.Deserialize(message, ImaNanoBananaJsonContext.Default.ImageRequest)!;
        var task = await client.SubmitAsync(request, cancellationToken);
        // <<<
        return task;
    }

    public static async Task ListAsync(ITaskJournal journal, CancellationToken cancellationToken)
    {
        // >>>
        await foreach (var entry in journal.ListAsync(cancellationToken))
        {
            if (entry.IsUnknown)
            {
                Console.WriteLine($"{entry.IdempotencyKey}: {entry.ClaimedAt:u}, {entry.Model}, {entry.Size}, {entry.Credits} credits");
            }
        }
        // <<<
    }

    public static async Task ResolveAsync(ITaskJournal journal, string taskId, CancellationToken cancellationToken)
    {
        // >>>
        await journal.AttachTaskAsync("order-1", taskId, cancellationToken);
        await journal.RemoveAsync("order-2", cancellationToken);
        // <<<
    }

    // >>>
    public sealed class SqliteTaskJournal(string connectionString) : ITaskJournal
    {
        public const string Table =
            "CREATE TABLE IF NOT EXISTS ima_journal (key TEXT PRIMARY KEY, claim TEXT NOT NULL, entry TEXT NOT NULL)";

        public async Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default)
        {
            var entries = await ReadAsync("SELECT entry FROM ima_journal WHERE key = $key", new(idempotencyKey, ""), cancellationToken);
            return entries.SingleOrDefault();
        }

        public async Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
        {
            while (
                !await WriteAsync("INSERT INTO ima_journal VALUES ($key, $claim, $entry) ON CONFLICT DO NOTHING", claim, cancellationToken))
            {
                if (await FindAsync(claim.IdempotencyKey, cancellationToken) is { } there)
                {
                    return there;
                }
            }

            return null;
        }

        public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
            WriteAsync("UPDATE ima_journal SET entry = $entry WHERE key = $key AND claim = $claim", entry, cancellationToken);

        public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
            WriteAsync(
                "UPDATE ima_journal SET entry = $entry WHERE key = $key AND claim = $claim AND entry ->> 'state' = 'claimed'",
                claim,
                cancellationToken);

        public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
            WriteAsync("DELETE FROM ima_journal WHERE key = $key AND claim = $claim", entry, cancellationToken);

        public async IAsyncEnumerable<TaskJournalEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var entry in await ReadAsync("SELECT entry FROM ima_journal ORDER BY rowid", new("", ""), cancellationToken))
            {
                yield return entry;
            }
        }

        public async Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default)
        {
            await using var connection = new SqliteConnection(connectionString);
            await using var command = await CommandAsync(
                connection, "SELECT strftime('%Y-%m-%dT%H:%M:%fZ')", new("time", ""), cancellationToken);
            return DateTimeOffset.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!, CultureInfo.InvariantCulture);
        }

        private async Task<bool> WriteAsync(string sql, TaskJournalEntry entry, CancellationToken cancellationToken)
        {
            await using var connection = new SqliteConnection(connectionString);
            await using var command = await CommandAsync(connection, sql, entry, cancellationToken);
            return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
        }

        private async Task<List<TaskJournalEntry>> ReadAsync(string sql, TaskJournalEntry asked, CancellationToken cancellationToken)
        {
            await using var connection = new SqliteConnection(connectionString);
            await using var command = await CommandAsync(connection, sql, asked, cancellationToken);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var entries = new List<TaskJournalEntry>();
            while (await rows.ReadAsync(cancellationToken))
            {
                if (TaskJournalEntry.TryFromJson(rows.GetString(0), out var entry))
                {
                    entries.Add(entry);
                }
            }

            return entries;
        }

        private static async Task<SqliteCommand> CommandAsync(
            SqliteConnection connection, string sql, TaskJournalEntry entry, CancellationToken cancellationToken)
        {
            await connection.OpenAsync(cancellationToken);
            var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$key", entry.IdempotencyKey);
            command.Parameters.AddWithValue("$claim", entry.ClaimId);
            command.Parameters.AddWithValue("$entry", entry.ToJson());
            return command;
        }
    }
    // <<<

    public static void RegisterSqlite(IServiceCollection services, string connectionString)
    {
        // >>>
        services.AddImaNanoBanana().AddJournal(_ => new SqliteTaskJournal(connectionString));
        // <<<
    }
}
