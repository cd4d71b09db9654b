using System.Data.Common;
using System.Text.Json;
using ImaNanoBanana.Studio.Api;

namespace ImaNanoBanana.Studio.Storage;

/// <summary>
/// The images that visitors asked for. An image that is stored here is generated, whatever happens to the process: it is owned by a
/// process for a short time, and another process takes it over when that time has passed. Ownership saves double work. What keeps an
/// image from being charged twice is its idempotency key.
/// </summary>
internal sealed class ImageTable(StudioDatabase database)
{
    /// <summary>How long an image is owned without a renewal.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private const string Columns = "id, visitor, client_key, request, state, details, revision, created_at, changed_at";
    private const string IsOpen = "state not in ('finished', 'failed', 'unknown')";

    /// <summary>Stores an image. Does nothing if the visitor has used its key before.</summary>
    public Task AddAsync(StoredImage image, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"""
            insert into studio_images ({Columns}, owned_until)
            values (@id, @visitor, @client_key, @request, @state, @details, 1, {database.Now}, {database.Now}, 0)
            on conflict (visitor, client_key) do nothing
            """,
            [
                ("id", image.Id), ("visitor", image.Visitor), ("client_key", image.ClientKey), ("request", Json(image.Order)),
                ("state", Word(image.State)), ("details", Json(image.Details)),
            ],
            cancellationToken);

    /// <returns>Null if the visitor has no such image.</returns>
    public Task<StoredImage?> FindAsync(string visitor, string id, CancellationToken cancellationToken) =>
        FirstAsync("where visitor = @visitor and id = @id", [("visitor", visitor), ("id", id)], cancellationToken);

    /// <returns>Null if the visitor has not used the key.</returns>
    public Task<StoredImage?> FindByKeyAsync(string visitor, string clientKey, CancellationToken cancellationToken) =>
        FirstAsync("where visitor = @visitor and client_key = @key", [("visitor", visitor), ("key", clientKey)], cancellationToken);

    /// <returns>The visitor's images, the newest first.</returns>
    public Task<IReadOnlyList<StoredImage>> ListAsync(string visitor, string? before, int count, CancellationToken cancellationToken) =>
        ManyAsync(
            "where visitor = @visitor and id < @before order by id desc limit @count",
            [("visitor", visitor), ("before", before ?? "~"), ("count", count)],
            cancellationToken);

    /// <returns>The visitor's images that have not ended, and those that changed since.</returns>
    public Task<IReadOnlyList<StoredImage>> ListOpenAsync(string visitor, DateTimeOffset since, CancellationToken cancellationToken) =>
        ManyAsync(
            $"where visitor = @visitor and ({IsOpen} or changed_at >= @since) order by id",
            [("visitor", visitor), ("since", since.ToUnixTimeMilliseconds())],
            cancellationToken);

    /// <returns>All images that changed since.</returns>
    public Task<IReadOnlyList<StoredImage>> ListChangedAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        ManyAsync(
            "where changed_at >= @since order by changed_at", [("since", since.ToUnixTimeMilliseconds())], cancellationToken);

    public async Task<long> CountOpenAsync(string visitor, CancellationToken cancellationToken)
    {
        var counts = await database.QueryAsync(
            $"select count(*) from studio_images where visitor = @visitor and {IsOpen}",
            [("visitor", visitor)],
            row => row.GetInt64(0),
            cancellationToken);
        return counts[0];
    }

    /// <summary>Becomes the owner of open images that no one owns.</summary>
    public Task<IReadOnlyList<StoredImage>> TakeAsync(string owner, int count, CancellationToken cancellationToken) =>
        database.QueryAsync(
            $"""
            update studio_images set owner = @owner, owned_until = {database.Now} + @lease
            where owned_until < {database.Now} and {IsOpen} and id in (
                select id from studio_images where owned_until < {database.Now} and {IsOpen} order by id limit @count)
            returning {Columns}
            """,
            [("owner", owner), ("lease", (long)Lease.TotalMilliseconds), ("count", count)],
            Read,
            cancellationToken);

    public Task RenewAsync(string owner, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"""
            update studio_images set owned_until = {database.Now} + @lease
            where owner = @owner and owned_until >= {database.Now} and {IsOpen}
            """,
            [("owner", owner), ("lease", (long)Lease.TotalMilliseconds)],
            cancellationToken);

    /// <summary>Gives back what the owner has, because it ends; or everything, if no other process can own anything.</summary>
    public Task ReleaseAsync(string? owner, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"update studio_images set owner = null, owned_until = 0 where {IsOpen} and (owner = @owner or @everything = 1)",
            [("owner", owner ?? ""), ("everything", owner is null ? 1 : 0)],
            cancellationToken);

    /// <summary>Gives back one image. No one takes it before the delay has passed.</summary>
    public Task ReleaseAsync(string id, TimeSpan delay, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"update studio_images set owner = null, owned_until = {database.Now} + @delay where id = @id and {IsOpen}",
            [("id", id), ("delay", (long)delay.TotalMilliseconds)],
            cancellationToken);

    /// <returns>The changed image; null if it had ended before, because two processes ran it.</returns>
    public async Task<StoredImage?> SetAsync(string id, ImageState state, ImageDetails details, CancellationToken cancellationToken)
    {
        var images = await database.QueryAsync(
            $"""
            update studio_images set state = @state, details = @details, revision = revision + 1, changed_at = {database.Now}
            where id = @id and {IsOpen}
            returning {Columns}
            """,
            [("id", id), ("state", Word(state)), ("details", Json(details))],
            Read,
            cancellationToken);
        return images.Count == 0 ? null : images[0];
    }

    /// <summary>Opens an image again that failed.</summary>
    /// <returns>The image; null if the visitor has no such image in the state <c>failed</c>.</returns>
    public async Task<StoredImage?> ReopenAsync(string visitor, string id, ImageDetails details, CancellationToken cancellationToken)
    {
        var images = await database.QueryAsync(
            $"""
            update studio_images
            set state = 'waiting', details = @details, revision = revision + 1, changed_at = {database.Now}, owner = null, owned_until = 0
            where id = @id and visitor = @visitor and state = 'failed'
            returning {Columns}
            """,
            [("id", id), ("visitor", visitor), ("details", Json(details))],
            Read,
            cancellationToken);
        return images.Count == 0 ? null : images[0];
    }

    public Task RemoveOldAsync(TimeSpan age, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"delete from studio_images where changed_at < {database.Now} - @age and not ({IsOpen})",
            [("age", (long)age.TotalMilliseconds)],
            cancellationToken);

    private async Task<StoredImage?> FirstAsync(
        string where, (string Name, object? Value)[] values, CancellationToken cancellationToken)
    {
        var images = await ManyAsync(where, values, cancellationToken);
        return images.Count == 0 ? null : images[0];
    }

    private Task<IReadOnlyList<StoredImage>> ManyAsync(
        string where, (string Name, object? Value)[] values, CancellationToken cancellationToken) =>
        database.QueryAsync($"select {Columns} from studio_images {where}", values, Read, cancellationToken);

    private static StoredImage Read(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            JsonSerializer.Deserialize(row.GetString(3), StudioJsonContext.Default.Order)!,
            Enum.Parse<ImageState>(row.GetString(4), ignoreCase: true),
            JsonSerializer.Deserialize(row.GetString(5), StudioJsonContext.Default.ImageDetails)!)
        {
            Revision = row.GetInt64(6),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        };

    private static string Json(Order order) => JsonSerializer.Serialize(order, StudioJsonContext.Default.Order);

    private static string Json(ImageDetails details) => JsonSerializer.Serialize(details, StudioJsonContext.Default.ImageDetails);

    private static string Word(ImageState state) => state.ToString().ToLowerInvariant();
}
