using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;

namespace ImaNanoBanana.Storage;

/// <summary>Runs statements with positional parameters.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Statements are constants with the quoted schema; values are parameters.")]
internal static class PostgreSqlCommands
{
    public static async Task<int> ExecuteAsync(
        this NpgsqlConnection connection, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var commandEnd = command.ConfigureAwait(false);
        AddValues(command.Parameters, values);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The first value of the first row; the default if there is none or it is null.</returns>
    public static async Task<T?> ScalarAsync<T>(
        this NpgsqlConnection connection, string sql, IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var commandEnd = command.ConfigureAwait(false);
        AddValues(command.Parameters, values);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is T value ? value : default;
    }

    /// <returns>All rows, read by <paramref name="read"/>.</returns>
    public static async Task<IReadOnlyList<T>> RowsAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        IReadOnlyList<object?> values,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var commandEnd = command.ConfigureAwait(false);
        AddValues(command.Parameters, values);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerEnd = reader.ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <returns>The first row, read by <paramref name="read"/>; the default if there is none.</returns>
    public static async Task<T?> RowAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        IReadOnlyList<object?> values,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var commandEnd = command.ConfigureAwait(false);
        AddValues(command.Parameters, values);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var readerEnd = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? read(reader) : default;
    }

    public static void AddValues(NpgsqlParameterCollection parameters, IReadOnlyList<object?> values)
    {
        foreach (var value in values)
        {
            parameters.Add(Parameter(value));
        }
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        DateTimeOffset time => new NpgsqlParameter<DateTime> { TypedValue = time.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        TimeSpan length => new NpgsqlParameter<TimeSpan> { TypedValue = length, NpgsqlDbType = NpgsqlDbType.Interval },
        decimal credits => new NpgsqlParameter<decimal> { TypedValue = credits, NpgsqlDbType = NpgsqlDbType.Numeric },
        double number => new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double },
        int number => new NpgsqlParameter<int> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Integer },
        short number => new NpgsqlParameter<short> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Smallint },
        bool flag => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean },
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "This type is not sent to the database."),
    };
}
