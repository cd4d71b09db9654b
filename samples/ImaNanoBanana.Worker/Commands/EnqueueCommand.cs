using System.Text.Json;
using ImaNanoBanana.Worker.Jobs;

namespace ImaNanoBanana.Worker.Commands;

/// <summary>Reads requests as JSON, one in each line, and stores a job for each of them.</summary>
internal sealed class EnqueueCommand(ImageQueue queue)
{
    public async Task<int> RunAsync(string source, CancellationToken cancellationToken)
    {
        using var lines = source == "-" ? Console.In : File.OpenText(source);
        var (enqueued, known, number) = (0, 0, 0);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (Read(line, out var problem) is not { } request)
            {
                await Console.Error.WriteLineAsync($"Line {number} is not enqueued. {problem}");
                return ExitCode.Usage;
            }

            var key = request.IdempotencyKey!;
            if (await queue.TryEnqueueAsync(key, request, cancellationToken))
            {
                enqueued++;
            }
            else
            {
                known++;
                await Console.Error.WriteLineAsync($"{key} is not enqueued: a job with this key exists or has ended.");
            }
        }

        Console.WriteLine($"{enqueued} enqueued, {known} refused");
        return known == 0 ? ExitCode.Done : ExitCode.Refused;
    }

    /// <returns>Null if the line is not a request with a key.</returns>
    private static ImageRequest? Read(string line, out string problem)
    {
        try
        {
            var request = JsonSerializer.Deserialize(line, ImaNanoBananaJsonContext.Default.ImageRequest);
            problem = "It has no idempotency_key. Without it, the same line would be charged again whenever it is enqueued.";
            return request?.IdempotencyKey is null ? null : request;
        }
        catch (JsonException exception)
        {
            problem = exception.Message;
            return null;
        }
    }
}
