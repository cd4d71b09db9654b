using System.Globalization;
using System.Text.Json;

namespace ImaNanoBanana.Conformance;

/// <summary>Compares what was observed with what a vector expects of a correct client (its <c>careful</c> member).</summary>
internal static class Comparison
{
    public static IReadOnlyList<string> Mismatches(Vector vector, Observed observed)
    {
        var careful = vector.Careful;
        var mismatches = new List<string>();
        Compare("outcome", careful.GetProperty("outcome").GetString(), observed.Outcome);
        Compare("refusal", careful.TryGetProperty("refusal", out var refusal) ? refusal.GetString() : null, observed.RequestErrors);
        if (careful.TryGetProperty("code", out var code))
        {
            Compare("code", JsonEquality.Text(code), observed.Code?.ToString(CultureInfo.InvariantCulture));
        }

        CompareCreates(careful.GetProperty("create_requests").EnumerateArray().ToList(), observed.Creates);
        var mostOnly = observed.Outcome == "upload_failed";
        CompareCount("upload_token_count", observed.Tokens, mostOnly ? 0 : Number("upload_token_count"), Number("upload_token_count"));
        CompareCount("put_count", observed.Puts, mostOnly ? 0 : Number("put_count"), Number("put_count"));
        CompareCount("detail_request_count_min", observed.Details, Number("detail_request_count_min"), int.MaxValue);
        Compare("images", string.Join(' ', Texts("images")), string.Join(' ', observed.Images));
        Compare(
            "failures",
            Number("failures").ToString(CultureInfo.InvariantCulture),
            observed.Failures.ToString(CultureInfo.InvariantCulture));
        ComparePoints(careful.TryGetProperty("points", out var points) ? points : null);
        Compare("adjustments", string.Join(' ', Texts("adjustments").Order()), string.Join(' ', observed.Adjustments.Order()));
        return mismatches;

        int Number(string name) => careful.TryGetProperty(name, out var number) ? number.GetInt32() : 0;

        IEnumerable<string> Texts(string name) =>
            careful.TryGetProperty(name, out var texts) ? texts.EnumerateArray().Select(text => text.GetString()!) : [];

        void Compare(string name, string? expected, string? actual)
        {
            if (expected != actual)
            {
                mismatches.Add($"{name} is {actual ?? "none"}, expected {expected ?? "none"}");
            }
        }

        void CompareCount(string name, int actual, int least, int most)
        {
            if (actual < least || actual > most)
            {
                mismatches.Add(
                    $"{name} is {actual}, expected "
                        + $"{(most == int.MaxValue ? $"at least {least}" : least == most ? $"{most}" : $"at most {most}")}");
            }
        }

        void CompareCreates(IReadOnlyList<JsonElement> expected, IReadOnlyList<JsonElement> actual)
        {
            Compare(
                "number of creates",
                expected.Count.ToString(CultureInfo.InvariantCulture),
                actual.Count.ToString(CultureInfo.InvariantCulture));
            for (var index = 0; index < Math.Min(expected.Count, actual.Count); index++)
            {
                if (JsonEquality.Difference(expected[index], actual[index], "$") is { } difference)
                {
                    mismatches.Add($"create {index + 1}: {difference}");
                }
            }
        }

        // Both the submitted price and the price that the client reports, if it reports one.
        void ComparePoints(JsonElement? expected)
        {
            var sent = observed.Creates.Count == 0
                ? null
                : JsonEquality.Text(observed.Creates[^1].GetProperty("parameters")[0].GetProperty("credit"));
            Compare("points", JsonEquality.Text(expected), sent);
            if (observed.Points is { } reported)
            {
                Compare("points reported", JsonEquality.Text(expected), JsonEquality.Text(reported));
            }
        }
    }
}
