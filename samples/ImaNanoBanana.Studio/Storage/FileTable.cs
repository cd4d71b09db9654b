using System.Data.Common;

namespace ImaNanoBanana.Studio.Storage;

/// <summary>
/// The bytes of reference images and generated images. They are in the database, so that all processes have them.
/// </summary>
internal sealed class FileTable(StudioDatabase database)
{
    /// <summary>Stores a file. A file that is stored already stays as it is.</summary>
    public Task AddAsync(string visitor, FileFacts file, byte[] content, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"""
            insert into studio_files (id, visitor, media_type, width, height, length, content, created_at)
            values (@id, @visitor, @media_type, @width, @height, @length, @content, {database.Now})
            on conflict (id) do nothing
            """,
            [
                ("id", file.Id), ("visitor", visitor), ("media_type", file.MediaType), ("width", file.Width),
                ("height", file.Height), ("length", (long)content.Length), ("content", content),
            ],
            cancellationToken);

    /// <returns>Null if the visitor has no such file.</returns>
    public async Task<(FileFacts File, byte[] Content)?> ReadAsync(string visitor, string id, CancellationToken cancellationToken)
    {
        var files = await database.QueryAsync(
            "select id, media_type, width, height, content from studio_files where id = @id and visitor = @visitor",
            [("id", id), ("visitor", visitor)],
            row => (Read(row), row.GetFieldValue<byte[]>(4)),
            cancellationToken);
        return files.Count == 0 ? null : files[0];
    }

    /// <returns>The bytes of all files of the visitor.</returns>
    public async Task<long> GetLengthAsync(string visitor, CancellationToken cancellationToken)
    {
        var lengths = await database.QueryAsync(
            "select cast(coalesce(sum(length), 0) as bigint) from studio_files where visitor = @visitor",
            [("visitor", visitor)],
            row => row.GetInt64(0),
            cancellationToken);
        return lengths[0];
    }

    public Task RemoveOldAsync(TimeSpan age, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            $"delete from studio_files where created_at < {database.Now} - @age",
            [("age", (long)age.TotalMilliseconds)],
            cancellationToken);

    private static FileFacts Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3));
}
