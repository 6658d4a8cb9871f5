"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_email"), ["email"], unique=False)

    op.create_table(
        "errand",
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("bulk", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
    )
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.create_index(
            "ix_errand_due", ["dead_at", "bulk", "due_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_errand_key"), ["key"], unique=False)

    op.create_table(
        "member",
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("handle_folded", sa.String(), nullable=False),
        sa.Column("handle_shape", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), server_default="", nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reads", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("standing", sa.String(60), nullable=False),
        sa.Column("staff", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("handle_folded", name=op.f("uq_member_handle_folded")),
        sa.UniqueConstraint("handle_shape", name=op.f("uq_member_handle_shape")),
    )
    op.create_table(
        "revision",
        sa.Column("target", sa.String(60), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint(
            "target",
            "target_id",
            "number",
            name=op.f("uq_revision_target_target_id_number"),
        ),
    )
    op.create_table(
        "silence",
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence")),
        sa.UniqueConstraint("whom", "letter", name=op.f("uq_silence_whom_letter")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "account",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("create_datetime", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tf_primary_method", sa.String(), nullable=True),
        sa.Column("tf_totp_secret", sa.String(), nullable=True),
        sa.Column("tf_last_counter", sa.Integer(), nullable=True),
        sa.Column("mf_recovery_codes", sa.JSON(), nullable=True),
        sa.Column("draft_key", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_account_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.UniqueConstraint("member_id", name=op.f("uq_account_member_id")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(
            "uq_account_email", [sa.literal_column("lower(email)")], unique=True
        )

    op.create_table(
        "company",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=True),
        sa.Column("wikidata", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["member.id"], name=op.f("fk_company_added_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["company.id"], name=op.f("fk_company_merged_into_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["company.id"], name=op.f("fk_company_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("domain", name=op.f("uq_company_domain")),
        sa.UniqueConstraint("wikidata", name=op.f("uq_company_wikidata")),
    )
    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_company_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_company_parent_id"), ["parent_id"], unique=False
        )

    op.create_table(
        "series",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_series_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_series_author_id"), ["author_id"], unique=False
        )

    op.create_table(
        "alias",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("main", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_alias_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_alias_company_id_name")
        ),
    )
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.create_index("ix_alias_folded", ["folded", "company_id"], unique=False)

    op.create_table(
        "part_elsewhere",
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_part_elsewhere_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_elsewhere")),
        sa.UniqueConstraint(
            "series_id", "part", name=op.f("uq_part_elsewhere_series_id_part")
        ),
    )
    op.create_table(
        "product",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_product_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["product.id"], name=op.f("fk_product_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint(
            "company_id", "folded", name=op.f("uq_product_company_id_folded")
        ),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(
            "ix_product_folded", ["folded", "company_id"], unique=False
        )

    op.create_table(
        "representative",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("domain", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_representative_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_representative_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representative")),
    )
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.create_index(
            "ix_representative_company", ["company_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_representative_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "story",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("author_relation", sa.String(60), nullable=False),
        sa.Column("disclosure", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(60), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("origin", sa.String(60), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("source_address", sa.String(), nullable=True),
        sa.Column("source_licence", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_precision", sa.String(60), nullable=False),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_published_precision", sa.String(60), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(60), nullable=False),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("would_buy_again", sa.String(60), nullable=True),
        sa.Column("evaluated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remedy_sought", sa.String(), nullable=False),
        sa.Column("remedy_received", sa.String(), nullable=False),
        sa.Column("private_reference", sa.String(), nullable=False),
        sa.Column("effort_minutes", sa.Integer(), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("comments_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comments_closed_why", sa.String(60), nullable=True),
        sa.Column("comment_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("response_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("renderer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="und", nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_story_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_story_series_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint(
            "source", "source_id", name=op.f("uq_story_source_source_id")
        ),
    )
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(
            "ix_story_active", ["visibility", "last_activity_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_story_author", ["author_id", "published_at"], unique=False
        )
        batch_op.create_index(
            "ix_story_newest", ["visibility", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_story_series_id"), ["series_id"], unique=False
        )

    op.create_table(
        "amount",
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column(
            "value",
            sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"),
            nullable=True,
        ),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_amount_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_amount_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amount")),
    )
    with op.batch_alter_table("amount", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_amount_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "comment",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("guest_name", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="und", nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["member.id"], name=op.f("fk_comment_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_comment_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_comment_author", ["author_id", "posted_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_comment_contact"), ["contact"], unique=False
        )
        batch_op.create_index(
            "ix_comment_story", ["story_id", "posted_at"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("channel", sa.String(60), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("precision", sa.String(60), nullable=False),
        sa.Column(
            "hours_after",
            sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"),
            nullable=True,
        ),
        sa.Column("rhythm", sa.String(60), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until_precision", sa.String(60), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("wait_minutes", sa.Integer(), nullable=True),
        sa.Column("transfers", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("numbers_called", sa.Integer(), nullable=True),
        sa.Column("role_spoken_to", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_contact_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_contact_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("deed", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(60), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["member.id"], name=op.f("fk_decision_staff_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_decision_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decision_story_id"), ["story_id"], unique=False
        )
        batch_op.create_index(
            "ix_decision_subject", ["subject", "subject_id"], unique=False
        )

    op.create_table(
        "dispute",
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_dispute_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dispute_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "draft",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_draft_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_draft_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_key")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_draft_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_draft_publish_at"), ["publish_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_draft_saved_at"), ["saved_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_draft_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "letter",
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("precision", sa.String(60), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_letter_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letter_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "mention",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_days", sa.Integer(), nullable=True),
        sa.Column("case_state", sa.String(60), nullable=False),
        sa.Column("case_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_mention_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_mention_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sa.UniqueConstraint(
            "story_id", "company_id", name=op.f("uq_mention_story_id_company_id")
        ),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(
            "ix_mention_company",
            ["company_id", "role", "published_at", "story_id"],
            unique=False,
        )

    op.create_table(
        "point",
        sa.Column("side", sa.String(60), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_point_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point")),
    )
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_point_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "promise",
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_precision", sa.String(60), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_promise_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_promise_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "quotation",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_quotation_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation")),
    )
    with op.batch_alter_table("quotation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quotation_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "response",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("representative_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("company_name", sa.String(), nullable=False),
        sa.Column("method", sa.String(60), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("origin", sa.String(60), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_precision", sa.String(60), nullable=False),
        sa.Column("amended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visibility", sa.String(60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="und", nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_response_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["representative.id"],
            name=op.f("fk_response_representative_id"),
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_response_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(
            "ix_response_company", ["company_id", "posted_at"], unique=False
        )
        batch_op.create_index("ix_response_newest", ["posted_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_response_representative_id"),
            ["representative_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_response_story", ["story_id", "posted_at"], unique=False
        )

    op.create_table(
        "story_claim",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_story_claim_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_claim_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_claim")),
    )
    with op.batch_alter_table("story_claim", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_story_claim_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_story_claim_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "story_issue",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_issue_story_id")
        ),
        sa.PrimaryKeyConstraint("story_id", "issue", name=op.f("pk_story_issue")),
    )
    with op.batch_alter_table("story_issue", schema=None) as batch_op:
        batch_op.create_index(
            "ix_story_issue_issue", ["issue", "story_id"], unique=False
        )

    op.create_table(
        "timeline_entry",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("happening", sa.String(60), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("target", sa.String(60), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_timeline_entry_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_timeline_entry_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_entry")),
    )
    with op.batch_alter_table("timeline_entry", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timeline_entry_story", ["story_id", "at"], unique=False
        )

    op.create_table(
        "update",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_precision", sa.String(60), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visibility", sa.String(60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="und", nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_update_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update")),
    )
    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.create_index("ix_update_newest", ["published_at"], unique=False)
        batch_op.create_index(
            "ix_update_story", ["story_id", "happened_at"], unique=False
        )

    op.create_table(
        "verification",
        sa.Column("representative_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(60), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["representative.id"],
            name=op.f("fk_verification_representative_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_verification_representative_id"),
            ["representative_id"],
            unique=False,
        )

    op.create_table(
        "flag",
        sa.Column("target", sa.String(60), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_flag_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_flag_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_flag_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index("ix_flag_open", ["state", "at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_flag_story_id"), ["story_id"], unique=False
        )
        batch_op.create_index("ix_flag_target", ["target", "target_id"], unique=False)

    op.create_table(
        "mention_product",
        sa.Column("mention_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mention.id"], name=op.f("fk_mention_product_mention_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_mention_product_product_id")
        ),
        sa.PrimaryKeyConstraint(
            "mention_id", "product_id", name=op.f("pk_mention_product")
        ),
    )
    with op.batch_alter_table("mention_product", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mention_product_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "offer",
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column(
            "value",
            sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "list_value",
            sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite"),
            nullable=True,
        ),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("precision", sa.String(60), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_offer_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_offer_response_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_offer_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_offer_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "rejoinder",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visibility", sa.String(60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="und", nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_rejoinder_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_rejoinder_response_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_rejoinder_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejoinder")),
    )
    with op.batch_alter_table("rejoinder", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rejoinder_story", ["story_id", "posted_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("rejoinder", schema=None) as batch_op:
        batch_op.drop_index("ix_rejoinder_story")

    op.drop_table("rejoinder")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_story_id"))

    op.drop_table("offer")
    with op.batch_alter_table("mention_product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mention_product_product_id"))

    op.drop_table("mention_product")
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_index("ix_flag_target")
        batch_op.drop_index(batch_op.f("ix_flag_story_id"))
        batch_op.drop_index("ix_flag_open")

    op.drop_table("flag")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_representative_id"))

    op.drop_table("verification")
    with op.batch_alter_table("update", schema=None) as batch_op:
        batch_op.drop_index("ix_update_story")
        batch_op.drop_index("ix_update_newest")

    op.drop_table("update")
    with op.batch_alter_table("timeline_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_timeline_entry_story")

    op.drop_table("timeline_entry")
    with op.batch_alter_table("story_issue", schema=None) as batch_op:
        batch_op.drop_index("ix_story_issue_issue")

    op.drop_table("story_issue")
    with op.batch_alter_table("story_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_claim_story_id"))
        batch_op.drop_index(batch_op.f("ix_story_claim_member_id"))

    op.drop_table("story_claim")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index("ix_response_story")
        batch_op.drop_index(batch_op.f("ix_response_representative_id"))
        batch_op.drop_index("ix_response_newest")
        batch_op.drop_index("ix_response_company")

    op.drop_table("response")
    with op.batch_alter_table("quotation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quotation_story_id"))

    op.drop_table("quotation")
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_story_id"))

    op.drop_table("promise")
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_story_id"))

    op.drop_table("point")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index("ix_mention_company")

    op.drop_table("mention")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_story_id"))

    op.drop_table("letter")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_story_id"))
        batch_op.drop_index(batch_op.f("ix_draft_saved_at"))
        batch_op.drop_index(batch_op.f("ix_draft_publish_at"))
        batch_op.drop_index(batch_op.f("ix_draft_member_id"))

    op.drop_table("draft")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_story_id"))

    op.drop_table("dispute")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index("ix_decision_subject")
        batch_op.drop_index(batch_op.f("ix_decision_story_id"))
        batch_op.drop_index(batch_op.f("ix_decision_at"))

    op.drop_table("decision")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_story_id"))

    op.drop_table("contact")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_story")
        batch_op.drop_index(batch_op.f("ix_comment_contact"))
        batch_op.drop_index("ix_comment_author")

    op.drop_table("comment")
    with op.batch_alter_table("amount", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_amount_story_id"))

    op.drop_table("amount")
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_series_id"))
        batch_op.drop_index("ix_story_newest")
        batch_op.drop_index("ix_story_author")
        batch_op.drop_index("ix_story_active")

    op.drop_table("story")
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representative_member_id"))
        batch_op.drop_index("ix_representative_company")

    op.drop_table("representative")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index("ix_product_folded")

    op.drop_table("product")
    op.drop_table("part_elsewhere")
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.drop_index("ix_alias_folded")

    op.drop_table("alias")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_author_id"))

    op.drop_table("series")
    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_company_parent_id"))
        batch_op.drop_index(batch_op.f("ix_company_merged_into_id"))

    op.drop_table("company")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index("uq_account_email")

    op.drop_table("account")
    op.drop_table("site")
    op.drop_table("silence")
    op.drop_table("revision")
    op.drop_table("member")
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_errand_key"))
        batch_op.drop_index("ix_errand_due")

    op.drop_table("errand")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_email"))

    op.drop_table("address")
