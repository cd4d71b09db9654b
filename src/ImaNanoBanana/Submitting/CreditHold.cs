using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Submitting;

/// <summary>Reserves the cost of one submission in the budgets that apply to it, until the outcome is known.</summary>
internal sealed class CreditHold
{
    private readonly decimal? _maxCredits;
    private readonly IReadOnlyList<CreditBudget> _budgets;
    private readonly List<CreditReservation> _reservations = [];

    private CreditHold(decimal? maxCredits, IReadOnlyList<CreditBudget> budgets)
    {
        _maxCredits = maxCredits;
        _budgets = budgets;
    }

    /// <param name="plan">The plan to submit.</param>
    /// <param name="maxCredits">The maximum number of credits that any submission of the client may cost; null for no limit.</param>
    /// <param name="budget">The budget of the client, or null.</param>
    /// <param name="claimId">The id of the claim of the idempotency key.</param>
    /// <exception cref="ImaException">The submission costs more than is allowed or remains; nothing is reserved.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The hold owns the reservations and settles them.")]
    public static CreditHold Take(ImagePlan plan, decimal? maxCredits, CreditBudget? budget, string claimId)
    {
        var hold = new CreditHold(
            maxCredits, [.. new[] { budget, plan.Request.Budget, plan.Request.BatchBudget }.OfType<CreditBudget>().Distinct()]);
        hold.CheckMost(plan);
        foreach (var each in hold._budgets)
        {
            if (each.TryReserve(plan.Credits, claimId) is not { } reservation)
            {
                hold.Release();
                throw NotLeft(plan, each);
            }

            hold._reservations.Add(reservation);
        }

        return hold;
    }

    /// <summary>Replaces the rejected plan with another plan.</summary>
    /// <returns>The new plan.</returns>
    /// <exception cref="ImaException">The new plan costs more than is allowed or remains.</exception>
    public ImagePlan Change(ImagePlan plan)
    {
        CheckMost(plan);
        for (var index = 0; index < _reservations.Count; index++)
        {
            if (!_reservations[index].TryChange(plan.Credits))
            {
                throw NotLeft(plan, _budgets[index]);
            }
        }

        return plan;
    }

    /// <summary>Commits the reservations: the submission was charged, or may have been.</summary>
    public void Spend() => _reservations.ForEach(reservation => reservation.Commit());

    /// <summary>Releases the reservations: the submission was not charged. Does nothing after <see cref="Spend"/>.</summary>
    public void Release() => _reservations.ForEach(reservation => reservation.Dispose());

    private void CheckMost(ImagePlan plan)
    {
        if (plan.Credits > _maxCredits)
        {
            throw ImagePlanner.TooExpensive(plan, _maxCredits.Value);
        }
    }

    private static ImaException NotLeft(ImagePlan plan, CreditBudget budget)
    {
        var left = budget.Remaining;
        var period = budget.Period is { } length ? FormattableString.Invariant($" in {length.TotalHours:0.##} h") : "";
        return new ImaException(
            ImaErrorKind.BudgetExceeded,
            FormattableString.Invariant(
                $"The request costs {plan.Credits} credits, but only {left} credits remain of the budget of {budget.Limit}{period}. ")
                + "Change the request or the budget. No credits were spent.")
        {
            AllowedCredits = left,
            RequiredCredits = plan.Credits,
        };
    }
}
