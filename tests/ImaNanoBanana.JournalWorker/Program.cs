// A process that submits requests and can be killed:
//   ImaNanoBanana.JournalWorker buy ADDRESS FOLDER [STEP [HOURS]]        submits, and stops at STEP if it is given; its clock is
//                                                                        HOURS ahead
//   ImaNanoBanana.JournalWorker resume ADDRESS FOLDER [STEP [HOURS]]     submits the same keys again; an hour ahead by default
//   ImaNanoBanana.JournalWorker continue ADDRESS FOLDER [STEP [HOURS]]   resumes the tasks in the journal; an hour ahead by default
// FOLDER may also be the connection string of a PostgreSQL database. IMA_WORKER_BUDGET is a budget in credits that all processes with the
// same folder or database share. With a database, IMA_WORKER_RATE is the number of requests per second of all of them, with a burst of 5.
// The line "ready" reports that it has started. Each input line, "PREFIX COUNT", submits PREFIX-1 to PREFIX-COUNT at once. The
// process ends with its input. It prints a line "at STEP KEY" for each step, a line of JSON for each outcome, and the line "done"
// when all submissions of an input line have ended.
using ImaNanoBanana;
using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

if (args.Length is < 3 or > 5 || args[0] is not ("buy" or "resume" or "continue"))
{
    Console.Error.WriteLine("Usage: ImaNanoBanana.JournalWorker buy|resume|continue ADDRESS FOLDER [STEP [HOURS]]");
    return 2;
}

var stop = args.ElementAtOrDefault(3) is { Length: > 0 } step ? step : null;
var steps = new Steps(stop);
var ahead = args.Length == 5 ? TimeSpan.FromHours(int.Parse(args[4], null)) : TimeSpan.FromHours(args[0] == "buy" ? 0 : 1);
var time = new LaterTimeProvider(ahead);
var shared = args[2].Contains("Host=", StringComparison.Ordinal) ? new SharedDatabase(args[2], time) : null;
var journal = shared?.Journal ?? new FileTaskJournal(args[2], timeProvider: time);
using var client = new ImaImageClient(
    new ImaNanoBananaOptions { ApiKey = "simulated-key", RequestsPerSecond = null },
    new ImaImageClientServices
    {
        PrimaryHandler = new SteppedHandler(new ImaSimulatorProxy(new Uri(args[1])), steps),
        TimeProvider = time,
        Journal = new SteppedJournal(journal, steps),
        Budget = SharedBudget.Create(() => shared?.Ledger ?? new FileCreditLedger(args[2], journal)),
        RequestGate = shared?.Gate,
    });
Console.WriteLine("ready");

if (args[0] == "continue")
{
    await foreach (var outcome in client.ResumeAsync())
    {
        Outcome.Of(outcome.IdempotencyKey, outcome.Task, outcome.Error, outcome.Result?.Images.Count ?? 0).Print();
    }

    return 0;
}

var submissions = new List<Task>();
while (await Console.In.ReadLineAsync() is { } line)
{
    submissions.Add(SubmitAllAsync(line.Split(' ')));
}

// A stopped submission never continues; the process that started it is gone.
await (stop is not null ? Task.CompletedTask : Task.WhenAll(submissions));
return 0;

async Task SubmitAllAsync(string[] words)
{
    await Task.WhenAll(Enumerable.Range(1, int.Parse(words[1], null)).Select(number => SubmitAsync($"{words[0]}-{number}")));
    Console.WriteLine("done");
}

async Task SubmitAsync(string key)
{
    steps.Key = key;
    var request = new ImageRequest($"picture {key}") { IdempotencyKey = key, Size = ImageSize.Size512 };
    try
    {
        var result = args[0] == "buy" ? await DownloadedAsync(request) : await client.GenerateAsync(request);
        Outcome.Of(key, result.Task, null, result.Images.Count).Print();
    }
    catch (ImaException exception)
    {
        Outcome.Of(key, exception.Task, exception, 0).Print();
    }
}

async Task<ImageResult> DownloadedAsync(ImageRequest request)
{
    ImageResult? result = null;
    await foreach (var item in client.GenerateStreamingAsync(request))
    {
        if ((result = item.Result) is not null)
        {
            await client.DownloadAsync(result.Images[0], Stream.Null);
        }
    }

    return result!;
}
